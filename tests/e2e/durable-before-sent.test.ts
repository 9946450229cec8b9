import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { say } from '../../src/shared/words/words.ts'
import { soon, stage } from '../support/stage.ts'

const on = stage()

describe.runIf(process.platform === 'linux')('what the kernel saw', () => {
  test('the row that says “sending” is on the disk before the request leaves', async () => {
    expect(spawnSync('strace', ['-V']).status, 'strace is there: “npm test” installs it').toBe(0)
    const server = await on.server()
    const trace = join(on.folder(), 'trace')
    const calls = 'openat,fsync,fdatasync,write,writev,pwrite64,send,sendto,sendmsg,close'
    const wrapper = ['strace', '-D', '-f', '-y', '-s', '5000', '-e', `trace=${calls}`, '-o', trace]
    // The tracer is a grandchild, so that the app itself is what is started and stopped.
    const { app, see } = await on.app({ shell: 'loopback', wrapper })
    const first = app.pid
    await see.addAccounts({ url: server.url, token: server.token, names: ['Lantern Lamps'] })
    await see.row('Ines Duarte').click()
    await see.message('Any news?').waitFor()
    await see.composer('Ines Duarte').fill(words)
    await see
      .thread('Ines Duarte')
      .getByRole('button', { name: say('act.send') })
      .click()
    await soon(() => server.accepted.messages.length).toBe(1)
    await soon(() => see.messages().innerText()).toContain(say('delivery.sent'))
    await app.close()
    await soon(() => readFileSync(trace, 'utf8')).toMatch(new RegExp(`^${first} +\\+\\+\\+ `, 'm'))

    const lines = readFileSync(trace, 'utf8').split('\n')
    const find = (from: number, isIt: (line: string) => boolean): number =>
      lines.findIndex((line, at) => at > from && isIt(line))
    const posted = find(
      -1,
      (line) => isSend(line) && line.includes(`"POST /api/v1/accounts/1/conversations/${ines}/messages`),
    )
    expect(posted, 'the request left').toBeGreaterThan(0)
    const kept = find(-1, (line) => isDeskWrite(line) && line.includes(words))
    const keptForGood = find(kept, isDeskSync)
    // The row is `sending` twice: while it is prepared, and once a byte of it may leave. Only the second mark keeps a
    // crash from taking it for one that never left.
    const preparing = find(keptForGood, (line) => isMark(line, 'true'))
    const preparingForGood = find(preparing, isDeskSync)
    const leaving = find(preparingForGood, (line) => isMark(line, 'false'))
    const leavingForGood = find(leaving, isDeskSync)
    expect(
      [kept, keptForGood, preparing, preparingForGood, leaving, leavingForGood].every((at) => at > 0),
      'the row was written and synced, three times',
    ).toBe(true)
    expect(lines[leavingForGood]).toMatch(/= 0$/)
    expect(leavingForGood, 'the sync of the mark that it leaves came before the request').toBeLessThan(posted)
    // Other rows, such as what was read, are free to change meanwhile.
    const late = lines
      .slice(leavingForGood, posted)
      .filter((line) => isDeskWrite(line) && line.includes(words))
    expect(late, 'nothing of the reply was written after it and before the request').toEqual([])
  })
})

/** Her conversation's number at the server. */
const ines = 5
const words = 'First the disk, then the wire.'

function isDeskWrite(line: string): boolean {
  return /\b(pwrite64|write|writev)\(\d+<[^>]*\/desk\.db(-wal)?>/.test(line)
}

/** The newest state in a page that is written, which may still hold older ones where there was room. */
function isMark(line: string, isPreparing: 'true' | 'false'): boolean {
  return isDeskWrite(line) && line.includes(words) && line.includes(`\\"isPreparing\\":${isPreparing}`)
}

function isDeskSync(line: string): boolean {
  return /\bf(data)?sync\(\d+<[^>]*\/desk\.db-wal>/.test(line)
}

function isSend(line: string): boolean {
  return /\b(write|writev|send|sendto|sendmsg)\(\d+<socket:/.test(line)
}
