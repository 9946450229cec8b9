import type { NativeImage as ElectronImage, Size } from 'electron'
import { readFileSync } from 'node:fs'
import { crc32, deflateSync } from 'node:zlib'
import { refuse } from './link.ts'

/** A picture as PNG bytes. Electron turns what it cannot read into an empty image; here that is refused. */
export class StandInImage {
  #png: Buffer
  #isTemplate = false
  readonly representations: { scaleFactor: number }[] = []

  constructor(png: Buffer) {
    this.#png = png
  }
  isEmpty(): boolean {
    return this.#png.length === 0
  }
  getSize(): Size {
    if (this.isEmpty()) return { width: 0, height: 0 }
    return { width: this.#png.readUInt32BE(16), height: this.#png.readUInt32BE(20) }
  }
  getScaleFactors(): number[] {
    return [1, ...this.representations.map((each) => each.scaleFactor)]
  }
  toPNG(): Buffer {
    return this.#png
  }
  toDataURL(): string {
    return `data:image/png;base64,${this.#png.toString('base64')}`
  }
  setTemplateImage(on: boolean): void {
    this.#isTemplate = on
  }
  isTemplateImage(): boolean {
    return this.#isTemplate
  }
  addRepresentation(given: {
    scaleFactor?: number
    buffer?: Buffer
    dataURL?: string
    width?: number
    height?: number
  }): void {
    if (given.buffer === undefined && given.dataURL === undefined)
      refuse('a representation without a picture')
    this.representations.push({ scaleFactor: given.scaleFactor ?? 1 })
  }
  resize(): StandInImage {
    return new StandInImage(this.#png)
  }
}

export const nativeImage = {
  createEmpty: (): StandInImage => new StandInImage(Buffer.alloc(0)),
  createFromPath: (path: string): StandInImage => new StandInImage(pngOf(readFileSync(path), path)),
  createFromBuffer: (bytes: Buffer, size: { width?: number; height?: number } = {}): StandInImage =>
    isPng(bytes) || size.width === undefined || size.height === undefined
      ? new StandInImage(pngOf(bytes, 'a buffer'))
      : new StandInImage(pngFromBgra(bytes, size.width, size.height)),
  createFromBitmap: (bytes: Buffer, { width, height }: { width: number; height: number }): StandInImage => {
    if (bytes.length !== width * height * 4)
      refuse(`a bitmap of ${width}×${height} has ${width * height * 4} bytes, not ${bytes.length}`)
    return new StandInImage(pngFromBgra(bytes, width, height))
  },
  createFromDataURL: (url: string): StandInImage =>
    new StandInImage(pngOf(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'), 'a data URL')),
}

StandInImage satisfies new (
  ...given: never[]
) => Pick<
  ElectronImage,
  | 'isEmpty'
  | 'getSize'
  | 'getScaleFactors'
  | 'toPNG'
  | 'toDataURL'
  | 'setTemplateImage'
  | 'isTemplateImage'
  | 'addRepresentation'
>

function isPng(bytes: Buffer): boolean {
  return bytes.subarray(1, 4).toString('latin1') === 'PNG'
}

function pngOf(bytes: Buffer, from: string): Buffer {
  return isPng(bytes) ? bytes : refuse(`${from} holds no PNG: Electron would show nothing`)
}

/** Chromium's bitmaps are blue, green, red, alpha with the alpha multiplied in. */
function pngFromBgra(bytes: Buffer, width: number, height: number): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 4))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 4
      const to = y * (1 + width * 4) + 1 + x * 4
      const alpha = bytes[from + 3] ?? 0
      const whole = (value: number) => (alpha === 0 ? 0 : Math.min(255, Math.round((value * 255) / alpha)))
      rows.set([whole(bytes[from + 2] ?? 0), whole(bytes[from + 1] ?? 0), whole(bytes[from] ?? 0), alpha], to)
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  framed.set(body, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
