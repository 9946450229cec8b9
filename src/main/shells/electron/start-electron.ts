import { app, dialog, nativeTheme, session } from 'electron'
import { homedir } from 'node:os'
import path from 'node:path'
import { bridgeOver } from '../../../shared/contract/bridge.ts'
import type { Settings } from '../../../shared/contract/contract.ts'
import type { ConversationId } from '../../../shared/domain/ids.ts'
import { say } from '../../../shared/words/words.ts'
import type { Engine } from '../../engine/engine.ts'
import { traceOf } from '../../engine/trace-of.ts'
import type { Signals } from '../../ports/signals.ts'
import { dataFolder } from '../data-folder.ts'
import { demoOf } from '../demo.ts'
import { openHouse, type House } from '../open-house.ts'
import { StartFault } from '../start-fault.ts'
import { systemClock } from '../system-clock.ts'
import { declareAppScheme, serveApp } from './app-protocol.ts'
import { showBadge } from './badge.ts'
import { serveWire } from './ipc-wire.ts'
import { lockPages, lockSession } from './lockdown.ts'
import { setMenu } from './menu.ts'
import { netHttp } from './net-http.ts'
import { desktopNotifier } from './notifications.ts'
import { powerSignals } from './power-signals.ts'
import { createGlobalKey } from './shortcuts.ts'
import { lacksTrayHost } from './tray-host.ts'
import { showTray } from './tray.ts'
import { createMainWindow, type MainWindow } from './window.ts'

/** Tuntas in Electron: one window, one tray icon, one engine. `outFolder` is where the build put page and preload. */
export function startElectron(outFolder: string): void {
  const folder = dataFolder(process.env, process.platform, homedir())
  app.enableSandbox()
  declareAppScheme()
  app.setPath('userData', folder)
  // Chromium's own files stay out of the way of ours.
  app.setPath('sessionData', path.join(folder, 'browser'))
  // So that a write never meets a connection that was used before; net-http says why.
  app.commandLine.appendSwitch('disable-http2')
  app.commandLine.appendSwitch('disable-quic')
  app.setAppUserModelId('app.tuntas.Tuntas')
  if (!app.requestSingleInstanceLock()) return app.exit(0)
  app
    .whenReady()
    .then(() => run(outFolder, folder))
    .catch(explain)
}

/** Understood by scripts/start: the person has been told, and starting in a browser would meet the same. */
const explainedExit = 3

function explain(error: unknown): void {
  const isKnown = error instanceof StartFault
  // With nothing of it on the screen nobody could see that it stopped half way.
  dialog.showErrorBox(say('tray.name'), isKnown ? error.message : say('shell.notStarted'))
  if (!isKnown) process.stderr.write(`${JSON.stringify(traceOf(error))}\n`)
  app.exit(explainedExit)
}

async function run(outFolder: string, folder: string): Promise<void> {
  const icons = path.join(outFolder, '..', 'build', 'icons')
  const demo = demoOf(process.env)
  const facts = { shell: 'electron', version: app.getVersion() } as const
  const open = (id: ConversationId): void => show('open', id)
  const notifier = desktopNotifier(open, (...line) => house.log(...line))
  const gone: (() => void)[] = []
  const signals: Signals = {
    listen(onSignal) {
      // A page that is gone cannot report that nobody sees it.
      gone.push(() => onSignal('hidden'))
      return powerSignals(systemClock).listen(onSignal)
    },
  }
  const house: House = openHouse({ folder, facts, demo, http: netHttp(), signals, notifier })
  const { engine, log } = house
  stopWithHouse(house)

  let settings = await settingsOf(engine)
  const hasNoTray = await lacksTrayHost(process.platform)
  const window = createMainWindow({
    preload: path.join(outFolder, 'preload', 'index.cjs'),
    icon: path.join(icons, 'app', '256.png'),
    log,
    whenClosed: () => (settings.closeToTray ? (hasNoTray ? 'minimized' : 'hidden') : 'gone'),
    onGone: () => gone.forEach((run) => run()),
  })
  const show = (purpose: Parameters<Engine['ask']>[0], id: ConversationId | null): void => {
    window.show()
    engine.ask(purpose, id)
  }

  lockPages(log)
  lockSession(session.defaultSession, log)
  serveApp(session.defaultSession, path.join(outFolder, 'renderer'), engine.media)
  const globalKey = createGlobalKey(window.toggle, engine.globalKeyIs)
  const apply = (chosen: Settings): void => {
    settings = chosen
    nativeTheme.themeSource = chosen.theme
    globalKey.hold(chosen.globalKey)
  }
  apply(settings)
  serveWire({
    wire: engine.wire,
    log,
    contents: window.contents,
    onGone: (run) => gone.push(run),
    onEvent(event) {
      if (event.name === 'settings.changed') apply(event.payload.settings)
    },
  })
  setMenu((purpose) => show(purpose, null))
  showAttention(engine, window, icons, show)
  app.on('second-instance', window.show)
  app.on('activate', window.show)
  // With a tray, no window is a state like any other; without one there would be no way back.
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  window.show()
  await house.signIn()
}

function showAttention(engine: Engine, window: MainWindow, icons: string, show: Show): void {
  const tray = showTray({
    iconsFolder: icons,
    attention: engine.attention(),
    now: systemClock.now,
    onClick: window.toggle,
    onOpen: window.show,
    onSettings: () => show('settings', null),
    onQuit: () => app.quit(),
    onConversation(purpose, conversationId) {
      if (purpose !== 'resolve') return show(purpose, conversationId)
      void resolveFromTray(engine, conversationId, show)
    },
  })
  const draw = (): void => {
    const attention = engine.attention()
    tray.show(attention)
    showBadge(attention, window.current(), icons, systemClock.now())
  }
  engine.onAttention(draw)
  draw()
}

/** What cannot be done without a word from the agent opens the window, which asks or says why. */
async function resolveFromTray(engine: Engine, conversationId: ConversationId, show: Show): Promise<void> {
  const action = { kind: 'resolve', answers: {} } as const
  const answer = await bridgeOver(engine.wire).call('conversation.act', { conversationId, action })
  if (!answer.ok) show(answer.failure.code === 'needsAnswers' ? 'resolve' : 'open', conversationId)
}

type Show = (purpose: 'open' | 'reply' | 'resolve' | 'settings', id: ConversationId | null) => void

/** Quitting waits for the engine: what is written is kept, and the files are closed. */
function stopWithHouse(house: House): void {
  let isClosing = false
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (isClosing) return
    isClosing = true
    systemClock.after(stopMs, () => app.exit(1))
    void house.close().then(() => app.exit(0))
  })
}

const stopMs = 8000

async function settingsOf(engine: Engine): Promise<Settings> {
  const snapshot = await bridgeOver(engine.wire).call('app.snapshot', {})
  if (!snapshot.ok) throw new Error(`no snapshot: ${snapshot.failure.code}`)
  return snapshot.value.settings
}
