import type { Engine } from '../../engine/engine.ts'
import { guardHeaders, mediaHeaders, type PageFile } from '../page-files.ts'

export const appScheme = 'app'
export const appOrigin = 'app://tuntas'
export const appPage = `${appOrigin}/`

/** What our scheme answers: the built page and foreign media by their opaque ids; nothing under any other host. */
export async function pageAnswer(
  request: Pick<Request, 'url' | 'method' | 'signal'>,
  readPage: (urlPath: string) => Promise<PageFile | null>,
  media: Engine['media'],
): Promise<Response> {
  const url = new URL(request.url)
  if (url.host !== 'tuntas') return nothing(404)
  if (request.method !== 'GET') return nothing(405)
  if (url.pathname.startsWith('/media/')) {
    const found = await media(url.pathname.slice('/media/'.length), request.signal)
    return found === null ? nothing(404) : answer(found.bytes, mediaHeaders(found))
  }
  const file = await readPage(url.pathname === '/' ? '/index.html' : url.pathname)
  return file === null ? nothing(404) : answer(file.bytes, { 'content-type': file.contentType })
}

/** Whether an address is our own page: the only thing that may speak to the engine or be navigated to. */
export function isOurPage(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, host, pathname, search } = new URL(address)
  return protocol === `${appScheme}:` && host === 'tuntas' && pathname === '/' && search === ''
}

function answer(bytes: Uint8Array, headers: Record<string, string>): Response {
  return new Response(Buffer.from(bytes), { headers: { ...guardHeaders, ...headers } })
}

function nothing(status: number): Response {
  return new Response(null, { status, headers: guardHeaders })
}
