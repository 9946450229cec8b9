import type { Attachment } from '../../../shared/domain/message.ts'
import { asList, asText, countOrNull, entryOf, isObject, numberOrNull } from '../../foreign/read.ts'
import { textOrNull, webUrlOrNull, type Loose } from '../../foreign/read.ts'

/** The files of a message; an element may be null there too (docs/providers/chatwoot-public.md §3.2). */
export function attachmentsFrom(raw: unknown, baseUrl: string): Attachment[] {
  return asList(raw)
    .filter(isObject)
    .map((each, index) => attachmentFrom(each, index, baseUrl))
}

function attachmentFrom(wire: Loose, index: number, baseUrl: string): Attachment {
  const url = webUrlOrNull(wire['data_url'], baseUrl)
  const type = asText(wire['file_type'])
  return {
    key: textOrNull(wire['id']) ?? String(index),
    kind: entryOf(kinds, type) ?? 'other',
    name: textOrNull(wire['fallback_title']) ?? fileIn(url) ?? placeIn(wire) ?? type,
    url,
    thumbUrl: webUrlOrNull(wire['thumb_url'], baseUrl),
    sizeBytes: countOrNull(wire['file_size']),
    width: countOrNull(wire['width']),
    height: countOrNull(wire['height']),
  }
}

const kinds: Readonly<Record<string, Attachment['kind']>> = {
  image: 'image',
  audio: 'audio',
  video: 'video',
  file: 'file',
  location: 'location',
  contact: 'contact',
}

/** Nothing names a file but the end of its address. */
function fileIn(url: string | null): string | null {
  const end = url === null ? '' : (new URL(url).pathname.split('/').at(-1) ?? '')
  try {
    return textOrNull(decodeURIComponent(end))
  } catch {
    return textOrNull(end)
  }
}

function placeIn(wire: Loose): string | null {
  const latitude = numberOrNull(wire['coordinates_lat'])
  const longitude = numberOrNull(wire['coordinates_long'])
  return latitude === null || longitude === null ? null : `${latitude}, ${longitude}`
}
