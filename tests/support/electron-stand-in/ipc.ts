import type { IpcMain } from 'electron'
import { EventEmitter } from 'node:events'
import { BrowserWindow } from './browser-window.ts'
import type { FromPage } from './calls.ts'
import { answerHost, refuse } from './link.ts'
import { session } from './session.ts'
import { senderFrame, StandInContents, type StandInFrame } from './web-contents.ts'

class StandInIpcMain extends EventEmitter {
  readonly handlers = new Map<string, Handler>()

  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel)) refuse(`Attempted to register a second handler for '${channel}'`)
    this.handlers.set(channel, handler)
  }
  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.handlers.delete(channel)
      return handler(event, ...args)
    })
  }
  removeHandler(channel: string): void {
    this.handlers.delete(channel)
  }
}

const ipcMain = new StandInIpcMain()
export { ipcMain }
ipcMain satisfies Pick<IpcMain, 'removeHandler'> & Record<'handle' | 'handleOnce', unknown>

type Handler = (event: Sender, ...args: unknown[]) => unknown
interface Sender {
  readonly type: 'frame'
  readonly processId: number
  readonly frameId: number
  readonly sender: StandInContents
  readonly senderFrame: StandInFrame
}

answerHost('ipc.invoke', async (from) => {
  const handler = ipcMain.handlers.get(from.channel)
  const told = (error: unknown) => ({
    error: `Error invoking remote method '${from.channel}': ${String(error)}`,
  })
  if (handler === undefined) return told(`Error: No handler registered for '${from.channel}'`)
  try {
    const value = await handler(senderOf(from), ...from.args)
    return { value: cloned(value, from.channel) }
  } catch (error) {
    return told(error)
  }
})

answerHost('ipc.send', (from) => {
  if (ipcMain.listenerCount(from.channel) === 0)
    refuse(`nobody listens to ipcRenderer.send('${from.channel}')`)
  ipcMain.emit(from.channel, { ...senderOf(from), reply: refuseReply }, ...from.args)
  return null
})

function senderOf(from: FromPage): Sender {
  const contents =
    BrowserWindow.fromId(from.windowId)?.webContents ??
    new StandInContents(from.windowId, session.defaultSession)
  const frame = senderFrame(contents, from.frame)
  return {
    type: 'frame',
    processId: frame.processId,
    frameId: frame.routingId,
    sender: contents,
    senderFrame: frame,
  }
}

function cloned(value: unknown, channel: string): unknown {
  try {
    return structuredClone(value)
  } catch {
    return refuse(`An object could not be cloned: the answer of '${channel}'`)
  }
}

function refuseReply(): never {
  return refuse('event.reply answers whoever sits in the frame by then; use invoke')
}
