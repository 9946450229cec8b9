import type { Attachment } from '../../../shared/domain/message.ts'
import {
  asList,
  asText,
  countOrNull,
  entryOf,
  isObject,
  numberOrNull,
  textOrNull,
  webUrlOrNull,
} from '../../foreign/read.ts'
import type { WireAttachment } from './wire-types.ts'

/** The attachments of a message. An element may be null on the server's side too (docs/providers/chatwoot.md §2.2). */
export function attachmentsFrom(raw: unknown, baseUrl: string): Attachment[] {
  return asList(raw)
    .filter(isObject)
    .map((each, index) => attachmentFrom(each, index, baseUrl))
}

function attachmentFrom(wire: WireAttachment, index: number, baseUrl: string): Attachment {
  const url = webUrlOrNull(wire.data_url, baseUrl)
  const kind = entryOf(kinds, asText(wire.file_type)) ?? 'other'
  return {
    key: textOrNull(wire.id) ?? String(index),
    kind,
    name:
      textOrNull(wire.fallback_title) ??
      (url === null ? null : tailOf(url)) ??
      placeOf(wire) ??
      asText(wire.file_type),
    url,
    thumbUrl: webUrlOrNull(wire.thumb_url, baseUrl),
    sizeBytes: countOrNull(wire.file_size),
    width: countOrNull(wire.width),
    height: countOrNull(wire.height),
  }
}

const kinds: Readonly<Record<string, Attachment['kind']>> = {
  image: 'image',
  audio: 'audio',
  video: 'video',
  file: 'file',
  location: 'location',
  contact: 'contact',
  story_mention: 'image',
  ig_reel: 'video',
}

/** There is no file name but the end of the address. */
function tailOf(url: string): string | null {
  const tail = new URL(url).pathname.split('/').at(-1) ?? ''
  try {
    return textOrNull(decodeURIComponent(tail))
  } catch {
    return textOrNull(tail)
  }
}

function placeOf(wire: WireAttachment): string | null {
  const latitude = numberOrNull(wire.coordinates_lat)
  const longitude = numberOrNull(wire.coordinates_long)
  return latitude === null || longitude === null ? null : `${latitude}, ${longitude}`
}
