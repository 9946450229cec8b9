import type { Conversation } from '../../shared/domain/conversation.ts'
import type { Message } from '../../shared/domain/message.ts'
import type { Row } from './sqlite-database.ts'

/**
 * What this store wrote it reads back as it was: the shape is kept by the schema's version, so nothing is checked twice.
 */
export function conversationIn(row: Row | null): Conversation | null {
  return row === null ? null : JSON.parse(textIn(row, 'json'))
}

export function messageIn(row: Row | null): Message | null {
  return row === null ? null : JSON.parse(textIn(row, 'json'))
}

export function textIn(row: Row, name: string): string {
  const value = row[name]
  if (typeof value !== 'string') throw new TypeError(`${name} is not text`)
  return value
}

export function numberIn(row: Row | null, name: string): number {
  const value = row?.[name]
  if (typeof value !== 'number') throw new TypeError(`${name} is not a number`)
  return value
}
