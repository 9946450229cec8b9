import { createHash } from 'node:crypto'
import { UploadedFile } from '../multipart.ts'
import type { Route, SimulatorAnswer } from '../router.ts'
import { accountRoute } from './account-route.ts'
import { TurnedDown, json, refusals, unrouted } from './answers.ts'
import { conversationRoute, noteAction, type AtConversation } from './conversation-route.ts'
import type { Exchange } from './exchange.ts'
import { fileUrl } from './file-urls.ts'
import { storeUploaded } from './message-files.ts'
import { isObject, presentText } from './request-body.ts'
import { iso } from './times.ts'
import { nextSignedId } from './world.ts'

/** Files that go up before the message that shows them (docs/providers/chatwoot.md §1.4, §1.5). */
export const uploadRoutes: readonly Route<Exchange>[] = [
  conversationRoute('POST', '/direct_uploads', false, announce),
  {
    method: 'PUT',
    pattern: '/rails/active_storage/disk/:token',
    handle: ({ world, request }, path) => {
      const awaited = world.uploads.get(path['token'] ?? '')
      if (awaited === undefined) return unrouted((request.headers['accept'] ?? '').includes('json'))
      const checksum = createHash('md5').update(request.body).digest('base64')
      const isAsAnnounced =
        request.body.length === awaited.byteSize &&
        request.headers['content-type'] === awaited.contentType &&
        checksum === awaited.checksum
      if (!isAsAnnounced) return { status: 422, headers: {}, body: '' }
      awaited.bytes = Uint8Array.from(request.body)
      return { status: 204, headers: {}, body: '' }
    },
  },
  accountRoute('POST', 'upload', ({ world, params }) => {
    const file = params['attachment']
    if (!(file instanceof UploadedFile)) {
      throw new TurnedDown(refusals.unprocessable('No file or URL provided'))
    }
    const stored = storeUploaded(world, file)
    return json({ file_url: fileUrl(world, stored), blob_id: stored.signedId })
  }),
]

/** Promises a place for bytes of exactly this length, kind and checksum; the signed id is good for a message at once. */
function announce(at: AtConversation): SimulatorAnswer {
  const { world, params } = at
  const blob = isObject(params['blob']) ? params['blob'] : {}
  const name = presentText(blob['filename'])
  const checksum = presentText(blob['checksum'])
  const byteSize = Number(blob['byte_size'])
  if (name === null || checksum === null || !Number.isInteger(byteSize)) {
    throw new TurnedDown(refusals.unprocessable('param is missing or the value is empty: blob'))
  }
  const contentType = presentText(blob['content_type']) ?? 'application/octet-stream'
  const signedId = nextSignedId(world, name)
  const token = world.random.letters(32)
  const awaited = { byteSize, checksum, contentType, bytes: new Uint8Array() }
  world.uploads.set(token, awaited)
  world.files.set(signedId, { signedId, name, contentType, bytes: () => awaited.bytes })
  noteAction(at, 'direct_upload', name)
  return json({
    id: world.files.size,
    key: world.random.letters(28),
    filename: name,
    content_type: contentType,
    metadata: {},
    service_name: 'local',
    byte_size: byteSize,
    checksum,
    created_at: iso(world.clock.now()),
    signed_id: signedId,
    direct_upload: {
      url: `${world.installation.origin}/rails/active_storage/disk/${token}`,
      headers: { 'Content-Type': contentType },
    },
  })
}
