import { hummedWav, pagePdf } from '../media/documents.ts'
import { badge } from '../media/pictures.ts'
import { attach } from './threads.ts'
import type { Attachment, World } from './world.ts'

/** What a customer may send besides words: one of every shape an attachment can have (docs/providers/chatwoot.md §2.2). */
export function customerFile(world: World, kind: CustomerFile): Attachment {
  switch (kind) {
    case 'picture':
      return attach(world, badge())
    case 'recording':
      return attach(world, {
        name: 'voice.wav',
        contentType: 'audio/wav',
        fileType: 'audio',
        bytes: () => hummedWav([180, 220, 200]),
      })
    case 'clip':
      return attach(world, {
        name: 'clip.mp4',
        contentType: 'video/mp4',
        fileType: 'video',
        bytes: () => new Uint8Array(64),
      })
    case 'paper':
      return attach(world, {
        name: 'letter.pdf',
        contentType: 'application/pdf',
        fileType: 'file',
        bytes: () => pagePdf(['A letter']),
      })
    case 'place':
      return bare(world, 'location', { latitude: 52.1, longitude: 4.3, title: 'The old pier' })
    case 'card':
      return told(world, 'contact', { fallback_title: '+447700900199', meta: { firstName: 'Alba' } })
    case 'link':
      return told(world, 'fallback', { fallback_title: 'A lamp', data_url: 'https://shop.example.com/lamp' })
    case 'frame':
      return told(world, 'embed', { data_url: 'https://video.example.com/lamp' })
    case 'nothing':
      // The original renders an attachment whose kind it never learned as null.
      return told(world, 'none', {})
  }
}

export const customerFiles = [
  'picture',
  'recording',
  'clip',
  'paper',
  'place',
  'card',
  'link',
  'frame',
  'nothing',
] as const
export type CustomerFile = (typeof customerFiles)[number]

function told(world: World, fileType: Attachment['fileType'], shown: Record<string, unknown>): Attachment {
  return { ...bare(world, fileType, null), told: shown }
}

function bare(world: World, fileType: Attachment['fileType'], location: Attachment['location']): Attachment {
  world.lastIds.attachment += 1
  return { id: world.lastIds.attachment, fileType, file: null, width: null, height: null, location }
}
