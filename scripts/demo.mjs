import './check-node.mjs'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeReady, runApp } from './app.mjs'

const ready = await makeReady()
if (ready === null) process.exitCode = 1
else await runApp(ready, await startWorld())

/** Four embedded servers with fictional customers who keep writing; nothing of them outlives this process. */
async function startWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'tuntas-demo-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const signIns = await Promise.all([chatwoot(), wapikit(), aelyst(), ticketDesk()])
  return { TUNTAS_DATA: folder, TUNTAS_DEMO: JSON.stringify(signIns) }
}

async function chatwoot() {
  const { demoPace, startChatwootSimulator } =
    await import('../src/simulators/chatwoot/chatwoot-simulator.ts')
  const { url, token } = await startChatwootSimulator({ data: 'demo', livePace: demoPace })
  return { provider: 'chatwoot', method: 'token', fields: { url, token } }
}

async function wapikit() {
  const { demoPace, startWapikitSimulator } = await import('../src/simulators/wapikit/wapikit-simulator.ts')
  const { url, key } = await startWapikitSimulator({ data: 'demo', dialect: 'hosted', livePace: demoPace })
  return { provider: 'wapikit', method: 'token', fields: { url, token: key } }
}

async function aelyst() {
  const { demoPace, startAelystSimulator } = await import('../src/simulators/aelyst/aelyst-simulator.ts')
  const { url, token } = await startAelystSimulator({ data: 'demo', livePace: demoPace })
  const answer = await fetch(`${url}/space/user?limit=50`, { headers: { authorization: `Bearer ${token}` } })
  const { items } = await answer.json()
  const me = items.find(({ firstName }) => firstName === 'Robin') ?? items[0]
  return { provider: 'aelyst', method: 'token', fields: { url, token }, next: { user: String(me.id) } }
}

/** Somebody else's helpdesk, whose customer we are. */
async function ticketDesk() {
  const { startChatwootSimulator } = await import('../src/simulators/chatwoot/chatwoot-simulator.ts')
  const { url, scenario } = await startChatwootSimulator()
  const { inbox, contact } = scenario.publicContact({ name: 'Ari Lestari' })
  const invoice = scenario.publicTicket({ contact, text: 'The invoice of March names our old address.' })
  scenario.agentWrites({
    conversation: invoice.conversation,
    as: 'ada',
    text: 'I have corrected it, and sent the new one to your office. Is there anything else?',
  })
  scenario.publicTicket({ contact, text: 'Can the display at our counter run two languages at once?' })
  return {
    provider: 'chatwoot-public',
    method: 'identifiers',
    fields: { url, inbox, contacts: contact, identifier: '', hash: '' },
  }
}
