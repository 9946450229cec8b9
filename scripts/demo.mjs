import './check-node.mjs'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeReady, runApp } from './app.mjs'

const ready = await makeReady()
if (ready === null) process.exitCode = 1
else await runApp(ready, await startWorld())

/** An embedded server with fictional customers who keep writing; nothing of it outlives this process. */
async function startWorld() {
  const { demoPace, startChatwootSimulator } =
    await import('../src/simulators/chatwoot/chatwoot-simulator.ts')
  const simulator = await startChatwootSimulator({ data: 'demo', livePace: demoPace })
  const folder = mkdtempSync(join(tmpdir(), 'tuntas-demo-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const signIn = {
    provider: 'chatwoot',
    method: 'token',
    fields: { url: simulator.url, token: simulator.token },
  }
  return { TUNTAS_DATA: folder, TUNTAS_DEMO: JSON.stringify(signIn) }
}
