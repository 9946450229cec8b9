import { UploadedFile } from '../multipart.ts'
import { TurnedDown, refusals } from './answers.ts'
import { storeFile, type Attachment, type StoredFile, type World } from './world.ts'

/** The attachments of a new message: files that came with it, or signed ids of files that are stored already. */
export function attachmentsGiven(world: World, given: unknown): Attachment[] {
  if (given === undefined || given === null || given === '') return []
  const list: unknown[] = Array.isArray(given) ? given : [given]
  return list.map((each) => {
    const file = each instanceof UploadedFile ? storeUploaded(world, each) : storedBy(world, each)
    world.lastIds.attachment += 1
    const size = file.contentType === 'image/png' ? pngSize(file.bytes()) : null
    return {
      id: world.lastIds.attachment,
      fileType: fileTypeOf(file.contentType),
      file,
      width: size?.width ?? null,
      height: size?.height ?? null,
      location: null,
    }
  })
}

export function storeUploaded(world: World, { name, contentType, bytes }: UploadedFile): StoredFile {
  return storeFile(world, { name, contentType, bytes: () => bytes })
}

function storedBy(world: World, signedId: unknown): StoredFile {
  const file = typeof signedId === 'string' ? world.files.get(signedId) : undefined
  if (file !== undefined) return file
  throw new TurnedDown(refusals.unprocessable('ActiveSupport::MessageVerifier::InvalidSignature'))
}

/** Only what browsers show counts as a picture. */
function fileTypeOf(contentType: string): Attachment['fileType'] {
  if (/^image\/(jpe?g|png|gif|bmp|webp)\b/.test(contentType)) return 'image'
  if (contentType.startsWith('audio/')) return 'audio'
  return contentType.startsWith('video/') ? 'video' : 'file'
}

function pngSize(bytes: Uint8Array): { width: number; height: number } | null {
  if (bytes.length < 24) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}
