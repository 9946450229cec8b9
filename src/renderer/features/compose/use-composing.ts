import { useCallback, useEffect, useState, type RefObject } from 'react'
import type { AccountRow, ConversationRow, DirectoryRow } from '../../../shared/contract/contract.ts'
import type { DraftKind, TemplateUse } from '../../../shared/domain/reply.ts'
import { useDesk, useMirror, useNow, useView } from '../../state/hooks.ts'
import { accountOfRow, directoryOf } from '../../state/selectors.ts'
import { mentionsIn } from './completion.ts'
import { addFiles, filesSent, useFiles, type DraftPlace, type HeldFile } from './file-copies.ts'
import { replyWindow, type ReplyWindow } from './reply-window.ts'
import { useCopies, type Copies } from './use-copies.ts'
import { useDraft, type Draft } from './use-draft.ts'
import { useSending, type Sending } from './use-sending.ts'
import { useTyping, type Typing } from './use-typing.ts'

/** Everything a composer knows: which of the two drafts is open, what goes along, and whether it can be sent. */
export function useComposing(row: ConversationRow, formRef: RefObject<HTMLFormElement | null>): Composing {
  const desk = useDesk()
  const nowAt = useNow()
  const account = useMirror((mirror) => accountOfRow(mirror, row))
  const can = account?.can ?? null
  const directory = useMirror((mirror) => directoryOf(mirror, row.accountId))
  const drafts = { reply: useDraft(row.id, 'reply'), note: useDraft(row.id, 'note') }
  const [picked, setPicked] = useState<DraftKind>('reply')
  const sending = useSending()

  const hasNotes = can?.note ?? false
  const kind = hasNotes ? picked : 'reply'
  const draft = drafts[kind]
  const place = { conversationId: row.id, kind }
  const files = useFiles(place)
  const copies = useCopies(row, kind, draft)
  const typing = useTyping(row.id, kind === 'note', can?.typing ?? false)
  const window = replyWindow(row, nowAt)
  const isClosed = kind === 'reply' && window.kind === 'closed'
  const maxLength = kind === 'note' ? noteLength : row.limits.maxLength
  const { text } = draft.draft

  const takesFiles = can?.attach === true && (kind === 'note' || row.limits.files !== 'none') && !isClosed
  const links = (kind === 'reply' ? draft.draft.links : null) ?? noLinks
  const takesLinks = can?.attachLink === true && kind === 'reply' && row.limits.files !== 'none' && !isClosed
  const take = useCallback(
    (given: readonly File[]) => void addFiles(desk, { conversationId: row.id, kind }, given),
    [desk, row.id, kind],
  )
  useDirectory(row, can)

  function pick(next: DraftKind, then: 'tabs' | 'text' = 'text'): void {
    setPicked(next)
    sending.fail(null)
    if (then === 'text') requestAnimationFrame(() => focusText(formRef.current))
  }
  useAskedFocus((target, replyTo) => {
    pick(target === 'note' && hasNotes ? 'note' : 'reply')
    if (replyTo !== undefined && row.limits.quotes) drafts.reply.write({ replyTo })
  })

  async function send(template: TemplateUse | null, words: string): Promise<boolean> {
    const bad = template === null ? copies.bad : null
    if (bad !== null) {
      sending.fail({ code: 'badEmail', facts: { email: bad }, retryAt: null })
      return false
    }
    typing.rest()
    const parts = { draft, copies, files, links, template }
    const isKept = await sending.send(outgoing(row, kind, words, parts))
    if (!isKept || template !== null) return isKept
    copies.sent(words)
    const gone = files.map((file) => file.id)
    filesSent(desk, place, gone)
    return true
  }

  const isReady = !sending.isSending && !isClosed && canSend(text, { files, links }, maxLength)
  const onFiles = takesFiles ? take : null
  const other = drafts[kind === 'reply' ? 'note' : 'reply']
  return {
    ...{ account, can, directory, kind, place, draft, other, files, links, copies, typing, window },
    ...{ isClosed, isReady, maxLength, sending, onFiles, takesLinks, pick, send },
  }
}

export interface Composing {
  readonly account: AccountRow | null
  readonly can: AccountRow['can'] | null
  readonly directory: DirectoryRow | null
  readonly kind: DraftKind
  readonly place: DraftPlace
  readonly draft: Draft
  readonly other: Draft
  readonly files: readonly HeldFile[]
  readonly copies: Copies
  readonly typing: Typing
  readonly window: ReplyWindow
  readonly isClosed: boolean
  readonly isReady: boolean
  readonly maxLength: number
  readonly sending: Sending
  readonly onFiles: ((files: readonly File[]) => void) | null
  /** Addresses of files that go along, and whether one more can. */
  readonly links: readonly string[]
  readonly takesLinks: boolean
  readonly pick: (kind: DraftKind, then?: 'tabs' | 'text') => void
  /** True once the engine has it; a template leaves the draft as it is. */
  readonly send: (template: TemplateUse | null, words: string) => Promise<boolean>
}

const noLinks: readonly string[] = []

/** What a note may be long; no channel has a say in it. */
const noteLength = 150_000

interface Along {
  readonly draft: Draft
  readonly copies: Copies
  readonly files: readonly HeldFile[]
  readonly links: readonly string[]
  readonly template: TemplateUse | null
}

function outgoing(
  row: ConversationRow,
  kind: DraftKind,
  text: string,
  { draft, copies, files, links: along, template }: Along,
): Parameters<Sending['send']>[0] {
  const { replyTo, mentions } = draft.draft
  const isPlain = template === null
  return {
    conversationId: row.id,
    text,
    isNote: kind === 'note',
    replyTo: isPlain && kind === 'reply' && row.limits.quotes ? replyTo : null,
    mentions: kind === 'note' ? mentionsIn(text, mentions) : [],
    files: isPlain ? files.map((file) => file.id) : [],
    ...(isPlain && along.length > 0 ? { links: along } : {}),
    cc: isPlain ? copies.cc : [],
    bcc: isPlain ? copies.bcc : [],
    template,
  }
}

function canSend(text: string, { files, links }: Pick<Along, 'files' | 'links'>, maxLength: number): boolean {
  const hasSomething = text.trim() !== '' || files.length > 0 || links.length > 0
  return (
    hasSomething && lengthOf(text, maxLength) <= maxLength && files.every((file) => file.copy.kind === 'done')
  )
}

/** Characters as the engine counts them, where it matters: a picture character is one, however it is stored. */
export function lengthOf(text: string, maxLength: number): number {
  return text.length < maxLength / 2 ? text.length : [...text].length
}

function useDirectory(row: ConversationRow, can: AccountRow['can'] | null): void {
  const desk = useDesk()
  const hasDirectory = can?.directory ?? false
  useEffect(() => {
    if (hasDirectory) void desk.feed.readDirectory(row.accountId)
  }, [desk, row.accountId, hasDirectory])
}

/** An ask is followed once, whatever changes afterwards. */
function useAskedFocus(follow: (target: 'composer' | 'note', replyTo: string | undefined) => void): void {
  const focusAsk = useView((view) => view.focusAsk)
  useEffect(() => {
    if (focusAsk?.target === 'composer' || focusAsk?.target === 'note')
      follow(focusAsk.target, focusAsk.replyTo)
  }, [focusAsk])
}

/** Where nothing can be written, the first way out takes the focus instead. */
function focusText(form: HTMLFormElement | null): void {
  const text = form?.querySelector<HTMLElement>('textarea:not([readonly])')
  ;(text ?? form?.querySelector<HTMLElement>('.notice button, [role="tab"]'))?.focus()
}
