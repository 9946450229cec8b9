import type { Tray as ElectronTray } from 'electron'
import { EventEmitter } from 'node:events'
import { needsReady } from './app.ts'
import type { TrayState } from './calls.ts'
import { refuse } from './link.ts'
import type { Menu } from './menu.ts'
import { nativeImage } from './native-image.ts'
import type { StandInImage } from './native-image.ts'

let current: Tray | null = null

export function currentTray(): Tray | null {
  return current
}

export class Tray extends EventEmitter {
  #image: StandInImage
  #toolTip = ''
  #title = ''
  #menu: Menu | null = null
  #isDestroyed = false

  constructor(image: StandInImage | string) {
    super()
    needsReady('Cannot create Tray before app is ready')
    if (current !== null) refuse('a second tray icon')
    this.#image = pictureOf(image)
    current = this
  }
  setImage(image: StandInImage | string): void {
    this.#alive()
    this.#image = pictureOf(image)
  }
  setPressedImage(image: StandInImage | string): void {
    this.#alive()
    pictureOf(image)
  }
  setToolTip(text: string): void {
    this.#alive()
    this.#toolTip = text
  }
  setTitle(text: string): void {
    this.#alive()
    this.#title = text
  }
  setContextMenu(menu: Menu | null): void {
    this.#alive()
    this.#menu = menu
  }
  popUpContextMenu(): void {
    this.#alive()
  }
  setIgnoreDoubleClickEvents(): void {
    this.#alive()
  }
  isDestroyed(): boolean {
    return this.#isDestroyed
  }
  destroy(): void {
    this.#isDestroyed = true
    current = null
  }

  menu(): Menu {
    return this.#menu ?? refuse('the tray has no menu')
  }
  state(): TrayState {
    return {
      toolTip: this.#toolTip,
      title: this.#title,
      png: this.#image.toPNG(),
      menu: this.#menu?.lines() ?? [],
    }
  }
  #alive(): void {
    if (this.#isDestroyed) refuse('Object has been destroyed')
  }
}

type Held =
  'setToolTip' | 'setTitle' | 'popUpContextMenu' | 'setIgnoreDoubleClickEvents' | 'isDestroyed' | 'destroy'
Tray satisfies new (
  image: StandInImage | string,
) => Pick<ElectronTray, Held> & Record<'setImage' | 'setContextMenu', unknown>

function pictureOf(image: StandInImage | string): StandInImage {
  const picture = typeof image === 'string' ? nativeImage.createFromPath(image) : image
  return picture.isEmpty() ? refuse('an empty tray icon, which cannot be seen or clicked') : picture
}
