import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { bridgeOver, type Wire } from '../../../shared/contract/bridge.ts'
import type { AnyEvent } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import type { Log } from '../../ports/log.ts'
import { isOurPage } from './page-answer.ts'

/** The preload's two channels; the same words stand in src/preload. */
const callChannel = 'tuntas:call'
const eventChannel = 'tuntas:events'

/**
 * Carries the engine's wire to our window and nobody else: the main frame of our page in the window of the moment.
 * `onEvent` sees what the window is told, for what the shell shows by itself.
 */
export function serveWire(parts: IpcWireParts): void {
  let stop = (): void => undefined
  ipcMain.handle(callChannel, (event, name: unknown, input: unknown) => {
    if (!isOurs(event, parts.contents()) || typeof name !== 'string') {
      parts.log('wire.refused', { channel: callChannel })
      return refused
    }
    return parts.wire.call(name, input)
  })
  ipcMain.on(eventChannel, (event) => {
    const contents = parts.contents()
    if (contents === null || !isOurs(event, contents))
      return parts.log('wire.refused', { channel: eventChannel })
    stop()
    stop = bridgeOver(parts.wire).listen(
      (each) => {
        parts.onEvent(each)
        if (!contents.isDestroyed()) contents.send(eventChannel, each)
      },
      () => undefined,
    )
  })
  parts.onGone(() => stop())
}

export interface IpcWireParts {
  readonly wire: Wire
  readonly log: Log
  /** Those of our window, while there is one. */
  readonly contents: () => WebContents | null
  readonly onEvent: (event: AnyEvent) => void
  /** Runs what it is given whenever the page that listened is gone. */
  readonly onGone: (run: () => void) => void
}

const failure: Failure = { code: 'forbidden', facts: { host: 'Tuntas' }, retryAt: null }
const refused = { ok: false, failure } as const

function isOurs(event: IpcMainEvent | IpcMainInvokeEvent, contents: WebContents | null): boolean {
  const frame = event.senderFrame
  if (contents === null || frame === null || event.sender !== contents) return false
  return frame === contents.mainFrame && frame.parent === null && isOurPage(frame.url)
}
