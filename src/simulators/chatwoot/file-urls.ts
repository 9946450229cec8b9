import type { StoredFile, World } from './world.ts'

/** Signed addresses that need no token, on the host the installation believes to have. */
export function fileUrl(world: World, file: StoredFile): string {
  const name = encodeURIComponent(file.name)
  return `${world.installation.origin}/rails/active_storage/blobs/redirect/${file.signedId}/${name}`
}

export function thumbUrl(world: World, file: StoredFile): string {
  const name = encodeURIComponent(file.name)
  return `${world.installation.origin}/rails/active_storage/representations/redirect/${file.signedId}/250/${name}`
}
