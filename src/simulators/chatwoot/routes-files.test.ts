import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const bare = { headers: {} }

describe('a stored file', () => {
  test('needs no token, redirects once, and then is there', async () => {
    const { json } = await asking.ask('GET', '/api/v1/profile')
    const url = new URL(String(at(json, 'avatar_url')))
    const hop = await asking.ask('GET', url.pathname, bare)
    expect(hop.status).toBe(302)
    const last = new URL(hop.headers.get('location') ?? '')
    expect(last.origin).toBe(asking.sim.url)
    expect(last.pathname).toMatch(/^\/rails\/active_storage\/disk\//)
    const file = await asking.ask('GET', last.pathname, bare)
    expect([file.status, file.type, file.text.slice(1, 4)]).toEqual([200, 'image/png', 'PNG'])
  })

  test('nobody signed is 404', async () => {
    const path = '/rails/active_storage/blobs/redirect/made-up--00000000/a.png'
    expect((await asking.ask('GET', path, bare)).status).toBe(404)
  })

  test('that is no picture is for saving, not for showing', async () => {
    const demo = await startAsking({ data: 'demo' })
    const found = await demo.ask('GET', '/api/v1/accounts/1/conversations?q=library')
    const id = String(at(found.json, 'data.payload.0.id'))
    const thread = await demo.ask('GET', `/api/v1/accounts/1/conversations/${id}/messages`)
    const url = new URL(String(at(thread.json, 'payload.0.attachments.1.data_url')))
    const hop = await demo.ask('GET', url.pathname, bare)
    const file = await demo.ask('GET', new URL(hop.headers.get('location') ?? '').pathname, bare)
    expect(file.type).toBe('application/pdf')
    expect(file.headers.get('content-disposition')).toContain('attachment; filename="floor-plan.pdf"')
    await demo.sim.close()
  })
})

describe('a path that is no call', () => {
  test('is 404 in JSON to who asks for JSON, and a page to others', async () => {
    const json = await asking.ask('GET', '/api/v1/nowhere')
    expect(json).toMatchObject({ status: 404, json: { status: 404, error: 'Not Found' } })
    const page = await asking.ask('GET', '/api/v1/nowhere', bare)
    expect([page.status, page.type]).toEqual([404, 'text/html; charset=utf-8'])
  })

  test('under /app is 406 to who asks for JSON, and else a page with 200', async () => {
    const json = await asking.ask('GET', '/app/api/v1/profile')
    expect(json).toMatchObject({
      status: 406,
      json: { error: 'Please use API routes instead of dashboard routes for JSON requests' },
    })
    const page = await asking.ask('GET', '/app/api/v1/profile', bare)
    expect([page.status, page.type]).toEqual([200, 'text/html; charset=utf-8'])
  })
})

describe('what else may answer at an address', () => {
  test('a site of somebody else', async () => {
    asking.sim.scenario.server({ mode: 'otherSite' })
    expect(await asking.ask('GET', '/api')).toMatchObject({ status: 404, type: 'text/html; charset=utf-8' })
  })

  test('an API of somebody else', async () => {
    asking.sim.scenario.server({ mode: 'otherApi' })
    const { status, json } = await asking.ask('GET', '/api')
    expect([status, at(json, 'code')]).toEqual([404, 'no_route'])
  })

  test('a portal that shows a page with 200 for everything', async () => {
    asking.sim.scenario.server({ mode: 'proxyPage' })
    expect(await asking.ask('GET', '/api')).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' })
  })

  test('a server that insists on https, and keeps the query', async () => {
    asking.sim.scenario.server({ mode: 'toHttps' })
    const { status, headers } = await asking.ask('GET', '/api/v1/profile?a=1')
    expect(status).toBe(301)
    expect(headers.get('location')).toBe(`${asking.sim.url.replace('http:', 'https:')}/api/v1/profile?a=1`)
  })

  test('an installation nobody has set up yet, whose front page leads there', async () => {
    asking.sim.scenario.server({ mode: 'notOnboarded' })
    expect((await asking.ask('GET', '/')).headers.get('location')).toContain('/installation/onboarding')
    expect((await asking.ask('GET', '/api')).status).toBe(200)
  })
})
