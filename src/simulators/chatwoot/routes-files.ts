import { paintPng } from '../media/painter.ts'
import { seaside } from '../media/pictures.ts'
import type { Route, SimulatorAnswer } from '../router.ts'
import { html, page, redirectTo, refusals, TurnedDown, unrouted } from './answers.ts'
import type { Exchange } from './exchange.ts'
import type { World } from './world.ts'

/**
 * Stored files: a signed address that needs no token and redirects once before the bytes come
 * (docs/providers/chatwoot.md §2.2), and the dashboard's pages where somebody mistakes them for the API (§4).
 */
export const fileRoutes: readonly Route<Exchange>[] = [
  {
    method: 'GET',
    pattern: '/rails/active_storage/blobs/redirect/:signed/:name',
    handle: ({ world }, params) => toBytes(world, params['signed'] ?? '', params['name'] ?? ''),
  },
  {
    method: 'GET',
    pattern: '/rails/active_storage/representations/redirect/:signed/:variant/:name',
    handle: ({ world }, params) => toBytes(world, params['signed'] ?? '', params['name'] ?? ''),
  },
  {
    method: 'GET',
    pattern: '/rails/active_storage/disk/:signed/:name',
    handle: ({ world, request }, params) => {
      const file = world.files.get(params['signed'] ?? '')
      if (file === undefined) return unrouted((request.headers['accept'] ?? '').includes('json'))
      const disposition = file.contentType.startsWith('image/') ? 'inline' : 'attachment'
      return {
        status: 200,
        headers: {
          'content-type': file.contentType,
          'content-disposition': `${disposition}; ${filename(file.name)}`,
        },
        body: file.bytes(),
      }
    },
  },
  // Stands in for somebody else's web server: pictures that e-mails load from afar, so that a test can see who did.
  {
    method: 'GET',
    pattern: '/mail-assets/:name',
    handle: (_exchange, params) => {
      const name = params['name'] ?? ''
      if (!name.endsWith('.png')) return unrouted(false)
      const bytes = name.startsWith('pixel') ? paintPng(1, 1, []) : seaside(name, 0.4).bytes()
      return { status: 200, headers: { 'content-type': 'image/png' }, body: bytes }
    },
  },
  { method: 'GET', pattern: '/', handle: ({ request }) => dashboard(request.headers['accept']) },
  { method: 'GET', pattern: '/app', handle: ({ request }) => dashboard(request.headers['accept']) },
  { method: 'GET', pattern: '/app/*', handle: ({ request }) => dashboard(request.headers['accept']) },
]

function toBytes(world: World, signedId: string, name: string): SimulatorAnswer {
  if (!world.files.has(signedId)) throw new TurnedDown(refusals.notFound())
  const path = `/rails/active_storage/disk/${signedId}/${encodeURIComponent(name)}`
  return redirectTo(`${world.installation.origin}${path}`, 302)
}

/** Asked for JSON it points at the API; asked for anything it shows the app, with 200 and no data. */
function dashboard(accept: string | undefined): SimulatorAnswer {
  if ((accept ?? '').includes('application/json')) throw new TurnedDown(refusals.dashboardAsJson())
  return html(page('Chatwoot', 'The dashboard would start here.'))
}

function filename(name: string): string {
  return `filename="${name.replace(/[^\x20-\x7e]|"/g, '?')}"; filename*=UTF-8''${encodeURIComponent(name)}`
}
