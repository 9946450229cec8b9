import type { Notification as ElectronNotification, NotificationConstructorOptions } from 'electron'
import { EventEmitter } from 'node:events'
import { needsReady } from './app.ts'
import type { NotificationState } from './calls.ts'
import { onlyKnown } from './known-options.ts'
import { refuse } from './link.ts'

const shown: Notification[] = []

export function shownNotifications(): readonly Notification[] {
  return shown
}

/** Only notifications that were shown can be clicked; one the app closed is gone. */
export class Notification extends EventEmitter {
  title: string
  body: string
  #isShown = false

  constructor(options: NotificationConstructorOptions = {}) {
    super()
    needsReady('Cannot create Notification before app is ready')
    onlyKnown('Notification', options)
    for (const name of ['title', 'body'] as const) {
      if (options[name] !== undefined && typeof options[name] !== 'string')
        refuse(`a notification whose ${name} is no text`)
    }
    this.title = options.title ?? ''
    this.body = options.body ?? ''
  }
  static isSupported(): boolean {
    return true
  }
  show(): void {
    if (!this.#isShown) shown.push(this)
    this.#isShown = true
    queueMicrotask(() => this.emit('show', {}))
  }
  close(): void {
    if (!this.#isShown) return
    this.#isShown = false
    this.emit('close', {})
  }
  happen(event: 'click' | 'close'): void {
    if (!this.#isShown) throw new Error(`“${this.title}” is not on screen`)
    if (event === 'close') this.close()
    else this.emit('click', {})
  }
  state(): NotificationState {
    return { title: this.title, body: this.body, isShown: this.#isShown }
  }
}

Notification satisfies { isSupported(): boolean } & (new (
  options?: NotificationConstructorOptions,
) => Pick<ElectronNotification, 'title' | 'body' | 'show' | 'close'>)
