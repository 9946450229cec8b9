import { encodePng } from './png.ts'

/**
 * Draws simple shapes with soft edges and encodes them: pictures for a simulated world are made, not shipped.
 * Coordinates run from 0 to 1 over the shorter side of the picture; shapes are given from back to front.
 */
export function paintPng(width: number, height: number, shapes: readonly Shape[]): Uint8Array {
  const pixels = new Uint8Array(width * height * 4)
  const unit = 1 / Math.min(width, height)
  const canvas = { pixels, unit, shapes }
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      paintPixel(canvas, (y * width + x) * 4, (x + 0.5) * unit, (y + 0.5) * unit)
    }
  }
  return encodePng(width, height, pixels)
}

export interface Shape {
  /** How far a point lies outside the shape, in the same coordinates; negative inside. */
  readonly outside: (x: number, y: number) => number
  readonly colour: (x: number, y: number) => Colour
}

export type Colour = readonly [red: number, green: number, blue: number, opacity: number]

export function everywhere(colour: Shape['colour']): Shape {
  return { outside: () => -1, colour }
}

export type Point = readonly [x: number, y: number]

export function disc([cx, cy]: Point, radius: number, colour: Colour, squeeze = 1): Shape {
  return { outside: (x, y) => distance(x - cx, (y - cy) / squeeze) - radius, colour: () => colour }
}

export function ring([cx, cy]: Point, radius: number, width: number, colour: Colour): Shape {
  return { outside: (x, y) => Math.abs(distance(x - cx, y - cy) - radius) - width / 2, colour: () => colour }
}

export function line([x1, y1]: Point, [x2, y2]: Point, width: number, colour: Colour): Shape {
  const [dx, dy] = [x2 - x1, y2 - y1]
  const length2 = dx * dx + dy * dy || 1
  function outside(x: number, y: number): number {
    const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length2))
    return distance(x - x1 - along * dx, y - y1 - along * dy) - width / 2
  }
  return { outside, colour: () => colour }
}

export function box([x1, y1]: Point, [x2, y2]: Point, round: number, colour: Colour): Shape {
  const [cx, cy, hx, hy] = [(x1 + x2) / 2, (y1 + y2) / 2, (x2 - x1) / 2 - round, (y2 - y1) / 2 - round]
  function outside(x: number, y: number): number {
    const ox = Math.max(0, Math.abs(x - cx) - hx)
    const oy = Math.max(0, Math.abs(y - cy) - hy)
    return distance(ox, oy) - round
  }
  return { outside, colour: () => colour }
}

/** Everything below a wavy line. */
export function below(wave: Wave, colour: Colour): Shape {
  const { height, swing, waves, shift } = wave
  return {
    outside: (x, y) => height + swing * Math.sin((x * waves + shift) * Math.PI * 2) - y,
    colour: () => colour,
  }
}

interface Wave {
  readonly height: number
  readonly swing: number
  readonly waves: number
  readonly shift: number
}

export function fade(from: Colour, to: Colour, share: (x: number, y: number) => number): Shape['colour'] {
  return (x, y) => mix(from, to, Math.min(1, Math.max(0, share(x, y))))
}

/** Hue in turns from 0 to 1. */
export function hsl(hue: number, saturation: number, lightness: number, opacity = 1): Colour {
  const swing = saturation * Math.min(lightness, 1 - lightness)
  const channel = (offset: number) => {
    const turn = (offset + (((hue % 1) + 1) % 1) * 12) % 12
    return lightness - swing * Math.max(-1, Math.min(turn - 3, 9 - turn, 1))
  }
  return [channel(0), channel(8), channel(4), opacity]
}

/** Math.hypot guards against overflow and pays for it at every pixel. */
function distance(x: number, y: number): number {
  return Math.sqrt(x * x + y * y)
}

function mix(a: Colour, b: Colour, share: number): Colour {
  const rest = 1 - share
  return [
    a[0] * rest + b[0] * share,
    a[1] * rest + b[1] * share,
    a[2] * rest + b[2] * share,
    a[3] * rest + b[3] * share,
  ]
}

interface Canvas {
  readonly pixels: Uint8Array
  readonly unit: number
  readonly shapes: readonly Shape[]
}

function paintPixel({ pixels, unit, shapes }: Canvas, at: number, x: number, y: number): void {
  let red = 0
  let green = 0
  let blue = 0
  let opacity = 0
  for (const shape of shapes) {
    const cover = Math.min(1, 0.5 - shape.outside(x, y) / unit)
    if (cover <= 0) continue
    const colour = shape.colour(x, y)
    const share = cover * colour[3]
    red += (colour[0] - red) * share
    green += (colour[1] - green) * share
    blue += (colour[2] - blue) * share
    opacity += (1 - opacity) * share
  }
  pixels[at] = red * 255 + 0.5
  pixels[at + 1] = green * 255 + 0.5
  pixels[at + 2] = blue * 255 + 0.5
  pixels[at + 3] = opacity * 255 + 0.5
}
