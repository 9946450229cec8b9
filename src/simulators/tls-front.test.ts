import { request } from 'node:https'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeCertificates, type Certificates } from '../../tests/support/certificates.ts'
import { startChatwootSimulator, type ChatwootSimulator } from './chatwoot/chatwoot-simulator.ts'
import { nameNobodyHas, startTlsFront, type TlsFront } from './tls-front.ts'

let certificates: Certificates
let simulator: ChatwootSimulator
let front: TlsFront
beforeAll(() => {
  certificates = makeCertificates()
})
beforeEach(async () => {
  simulator = await startChatwootSimulator()
  front = await startTlsFront({ before: simulator.url, ...certificates.good })
})
afterEach(async () => {
  await front.close()
  await simulator.close()
})

test('a client that trusts the authority is answered by the simulator', async () => {
  expect(await statusOf(certificates.authority)).toBe(200)
  expect(simulator.requests).toMatchObject([{ path: '/api', status: 200 }])
  expect(front.opened()).toBe(1)
})

test('a client that does not know the authority hangs up, and the simulator hears nothing', async () => {
  await expect(statusOf()).rejects.toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' })
  expect(simulator.requests).toEqual([])
})

test('a fault strikes through it as it would without', async () => {
  simulator.scenario.fault({ kind: 'resetBeforeAccept' })
  await expect(statusOf(certificates.authority)).rejects.toMatchObject({ code: 'ECONNRESET' })
})

test('a name nobody has leads nowhere', async () => {
  await expect(fetch(nameNobodyHas)).rejects.toThrow()
})

function statusOf(ca?: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const options = { agent: false as const, ...(ca === undefined ? {} : { ca }) }
    const asked = request(`${front.url}/api`, options, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
    asked.once('error', reject)
    asked.end()
  })
}
