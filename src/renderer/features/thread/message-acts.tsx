import { createContext, useCallback, useContext, useState, type ReactNode } from 'react'
import type { MessageRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { tellFailure, toast } from '../../state/acts.ts'
import type { Desk } from '../../state/desk.ts'
import { useDesk, useMirror } from '../../state/hooks.ts'
import { accountOfRow } from '../../state/selectors.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { Box } from '../../ui/place-beside.ts'
import { copyText } from '../../state/copy-text.ts'
import { MailAddresses } from './mail-addresses.tsx'
import { MessageMenu } from './message-menu.tsx'
import { messageOptions, type MessageOption } from './message-options.ts'
import './message-acts.css'

/** Gives the messages inside it a menu each, and asks before what cannot be taken back. */
export function MessageActs({ children }: { children: ReactNode }): ReactNode {
  const desk = useDesk()
  const row = useMirror((mirror) => mirror.thread?.row ?? null)
  const can = useMirror((mirror) => (row === null ? null : (accountOfRow(mirror, row)?.can ?? null)))
  const [menu, setMenu] = useState<{ message: MessageRow; at: Box } | null>(null)
  const [asked, setAsked] = useState<{ kind: Asked; message: MessageRow } | null>(null)
  const open = useCallback((message: MessageRow, at: Box) => setMenu({ message, at }), [])
  const close = useCallback(() => setMenu(null), [])
  const retry = useCallback(
    (message: MessageRow) => {
      if (message.replyTo === null) void run(desk, 'message.retry', message)
      else setAsked({ kind: 'retry', message })
    },
    [desk],
  )
  const options = menu === null ? [] : messageOptions(menu.message, row, can)

  function pick(option: MessageOption): void {
    const message = menu?.message
    setMenu(null)
    if (message === undefined) return
    switch (option) {
      case 'reply':
        return desk.view.setState({ focusAsk: { target: 'composer', replyTo: message.id } })
      case 'copy':
        return void copyText(desk, message.text)
      case 'retry':
        return retry(message)
      case 'addresses':
      case 'delete':
        return setAsked({ kind: option, message })
    }
  }
  return (
    <MenuContext value={open}>
      <RetryContext value={can?.retryMessage === true ? retry : null}>{children}</RetryContext>
      {menu === null || options.length === 0 ? null : (
        <MessageMenu options={options} at={menu.at} onPick={pick} onClose={close} />
      )}
      {asked === null ? null : <Asking {...asked} who={row?.who.name ?? ''} onClose={() => setAsked(null)} />}
    </MenuContext>
  )
}

/** Opens a message's menu beside a place. */
export function useMessageMenu(): (message: MessageRow, at: Box) => void {
  return useContext(MenuContext)
}

/** Lets the server try once more, where it can. */
export function useRetry(): ((message: MessageRow) => void) | null {
  return useContext(RetryContext)
}

type Asked = 'addresses' | 'delete' | 'retry'

const MenuContext = createContext<(message: MessageRow, at: Box) => void>(() => undefined)
const RetryContext = createContext<((message: MessageRow) => void) | null>(null)

function Asking({ kind, message, who, onClose }: AskingProps): ReactNode {
  const desk = useDesk()
  if (kind === 'addresses') {
    return (
      <Dialog title={say('message.addresses')} closeLabel={say('dialog.close')} onClose={onClose}>
        {message.mail === null ? null : <MailAddresses mail={message.mail} />}
      </Dialog>
    )
  }
  const isNote = message.kind === 'note'
  return (
    <Dialog title={say(`message.${kind}Title`)} closeLabel={say('dialog.close')} onClose={onClose}>
      <div className="message-asks">
        <p>
          {kind === 'retry'
            ? say('message.retryWords')
            : say(isNote ? 'message.deleteNoteWords' : 'message.deleteWords', { name: who })}
        </p>
        <blockquote className="message-asked" dir="auto">
          {message.text === '' ? (message.attachments[0]?.name ?? '') : message.text}
        </blockquote>
        <div className="message-ways">
          <Button onClick={onClose}>{say('message.leave')}</Button>
          <Button
            look={kind === 'delete' ? 'danger' : 'primary'}
            onClick={() => {
              onClose()
              void run(desk, kind === 'delete' ? 'message.delete' : 'message.retry', message)
            }}
          >
            {say(`message.${kind}`)}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

interface AskingProps {
  kind: Asked
  message: MessageRow
  who: string
  onClose: () => void
}

async function run(
  desk: Desk,
  command: 'message.delete' | 'message.retry',
  message: MessageRow,
): Promise<void> {
  const { id: messageId, conversationId } = message
  const answer = await desk.bridge.call(command, { conversationId, messageId })
  if (!answer.ok) tellFailure(desk, answer.failure)
  else toast(desk, { title: say(command === 'message.delete' ? 'message.deleted' : 'message.retried') })
}
