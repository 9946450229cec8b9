import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asObject, asText, isObject, parsed, type Json, type JsonObject } from './json.ts'

/**
 * The official descriptions that lie in a folder, of what agents and of what customers may ask, as one. Throws a
 * CannotCheck that names the cause and the way out.
 */
export function readOfficialFiles(folder: string | undefined): JsonObject {
  if (folder === undefined || folder.trim() === '')
    throw new CannotCheck(
      `No folder was named. Type: npm run check:openapi -- DIR, where DIR holds ${names.join(' and ')}.`,
    )
  const [agents, customers] = [readOne(folder, names[0]), readOne(folder, names[1])]
  return { ...joined(customers, agents), paths: joined(customers['paths'], agents['paths']) }
}

/** Why nothing could be checked at all; its message is for whoever typed the command. */
export class CannotCheck extends Error {}

const names = ['chatwoot-application.json', 'chatwoot-client.json'] as const

function joined(one: Json | undefined, other: Json | undefined): JsonObject {
  return { ...asObject(one), ...asObject(other) }
}

function readOne(folder: string, name: string): JsonObject {
  const file = join(folder, name)
  const document = parsedFile(file, textOf(file, folder))
  const version = asText(document['openapi'])
  if (version === null || !version.startsWith('3.0'))
    throw new CannotCheck(
      `${file} calls itself OpenAPI ${version ?? '(nothing)'}, and only 3.0 is understood. Take the file of the official swagger folder.`,
    )
  if (Object.keys(asObject(document['paths'])).length === 0)
    throw new CannotCheck(
      `${file} describes no paths. Fetch it again: it must have "paths" with calls in it.`,
    )
  return document
}

function textOf(file: string, folder: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new CannotCheck(
      `${file} cannot be read (${code}). Name the folder that holds ${names.join(' and ')}; "${folder}" is not it, or may not be read.`,
    )
  }
}

function parsedFile(file: string, text: string): JsonObject {
  try {
    const document = parsed(text)
    if (isObject(document)) return document
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CannotCheck(`${file} is no JSON (${reason}). Fetch it again: it may be half a download.`)
  }
  throw new CannotCheck(
    `${file} is JSON, but no description: it must be one object with "openapi" and "paths".`,
  )
}
