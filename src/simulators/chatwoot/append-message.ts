import {
  tell,
  type Attachment,
  type Message,
  type MessageStatus,
  type MessageType,
  type Place,
  type Sender,
} from './world.ts'

/** Puts one message at the end of a thread and moves the list; whatever else it sets in motion is for `rules`. */
export function appendMessage(place: Place, draft: MessageDraft): Message {
  const { world, conversation } = place
  const at = draft.at ?? world.clock.now()
  world.lastIds.message += 1
  const message: Message = {
    id: world.lastIds.message,
    type: draft.type,
    sender: draft.sender,
    isPrivate: draft.isPrivate ?? false,
    sourceId: draft.sourceId ?? null,
    createdAt: at,
    additionalAttributes: draft.additionalAttributes ?? {},
    contentType: draft.contentType ?? 'text',
    content: draft.content,
    contentAttributes: draft.contentAttributes ?? {},
    attachments: draft.attachments ?? [],
    status: draft.status ?? 'sent',
    updatedAt: at,
  }
  conversation.messages.push(message)
  conversation.lastActivityAt = at
  conversation.updatedAt = Math.max(conversation.updatedAt, at)
  return message
}

export interface MessageDraft {
  readonly type: MessageType
  readonly sender: Sender | null
  readonly content: string | null
  readonly isPrivate?: boolean
  readonly contentType?: string
  readonly contentAttributes?: Record<string, unknown>
  readonly additionalAttributes?: Record<string, unknown>
  readonly attachments?: Attachment[]
  readonly sourceId?: string | null
  readonly status?: MessageStatus
  readonly echoId?: string
  readonly at?: number
}

/** A sentence of the system's about what happened; it moves the list like any message. */
export function addActivity(place: Place, content: string, at?: number): void {
  const { world, account, conversation } = place
  const draft = { type: 'activity', sender: null, content } as const
  const message = appendMessage(place, at === undefined ? draft : { ...draft, at })
  tell(world, { kind: 'messageCreated', account, conversation, message })
}
