import type { Conversation } from '../../shared/domain/conversation.ts'
import type { Message } from '../../shared/domain/message.ts'
import type { Row } from './sqlite-database.ts'

/** What this store wrote it reads back as it was; a change of shape is a migration, so nothing is checked twice. */
export function jsonIn<T>(row: Row, name: string): T {
  return JSON.parse(textIn(row, name)) as T
}

export function conversationIn(row: Row | null): Conversation | null {
  return row === null ? null : jsonIn(row, 'json')
}

export function messageIn(row: Row | null): Message | null {
  return row === null ? null : jsonIn(row, 'json')
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
