import { below, box, disc, everywhere, fade, hsl, line, paintPng, ring, type Shape } from './painter.ts'

/** A picture as a message carries it; drawn when somebody first asks for it. */
export interface Picture {
  readonly name: string
  readonly contentType: string
  readonly fileType: 'image'
  readonly width: number
  readonly height: number
  readonly bytes: () => Uint8Array
}

/** A plain coloured disc, for when any picture will do. */
export function badge(name = 'picture.png'): Picture {
  return picture(name, 160, 160, () => [
    everywhere(fade(hsl(0.55, 0.5, 0.85), hsl(0.6, 0.5, 0.7), (x, y) => (x + y) / 2)),
    disc([0.5, 0.5], 0.3, hsl(0.08, 0.8, 0.62)),
  ])
}

export function bicycle(name: string, hue: number): Picture {
  return picture(name, 640, 420, () => {
    const frame = hsl(hue, 0.65, 0.42)
    const dark = hsl(0.6, 0.1, 0.18)
    return [
      everywhere(fade(hsl(0.12, 0.35, 0.92), hsl(0.1, 0.3, 0.78), (_x, y) => y)),
      below({ height: 0.86, swing: 0, waves: 0, shift: 0 }, hsl(0.1, 0.16, 0.6)),
      disc([0.78, 0.9], 0.5, hsl(0.1, 0.2, 0.45, 0.35), 0.06),
      ...wheel(0.42, 0.66, dark),
      ...wheel(1.14, 0.66, dark),
      line([0.42, 0.66], [0.66, 0.34], 0.022, frame),
      line([0.42, 0.66], [0.76, 0.68], 0.02, frame),
      line([0.76, 0.68], [0.64, 0.28], 0.024, frame),
      line([0.76, 0.68], [1.04, 0.36], 0.028, frame),
      line([0.66, 0.36], [1.03, 0.32], 0.026, frame),
      line([1.02, 0.24], [1.14, 0.66], 0.022, frame),
      line([0.55, 0.25], [0.71, 0.26], 0.035, dark),
      line([1.0, 0.22], [1.1, 0.2], 0.022, dark),
      ring([0.76, 0.68], 0.05, 0.014, dark),
      line([0.76, 0.68], [0.82, 0.75], 0.014, dark),
    ]
  })
}

/** A close look at a rim with a bent spoke: what customers photograph. */
export function bentSpoke(name: string): Picture {
  return picture(name, 560, 420, () => {
    const steel = hsl(0.58, 0.08, 0.72)
    const spokes = Array.from({ length: 16 }, (_, index) => {
      const turn = (index / 16) * Math.PI * 2
      const reach = index === 5 ? 0.3 : 0.42
      return line([0.66, 0.5], [0.66 + Math.cos(turn) * reach, 0.5 + Math.sin(turn) * reach], 0.008, steel)
    })
    return [
      everywhere(fade(hsl(0.58, 0.12, 0.3), hsl(0.6, 0.14, 0.18), (x, y) => (x + y) / 2)),
      ring([0.66, 0.5], 0.47, 0.07, hsl(0.6, 0.06, 0.1)),
      ring([0.66, 0.5], 0.43, 0.025, steel),
      ...spokes,
      line([0.547, 0.777], [0.45, 0.82], 0.012, hsl(0.02, 0.75, 0.55)),
      disc([0.66, 0.5], 0.06, hsl(0.58, 0.06, 0.55)),
      ring([0.53, 0.8], 0.12, 0.012, hsl(0.02, 0.85, 0.58)),
    ]
  })
}

export function dentedParcel(name: string): Picture {
  return picture(name, 600, 450, () => [
    everywhere(fade(hsl(0.6, 0.12, 0.82), hsl(0.62, 0.12, 0.66), (_x, y) => y)),
    below({ height: 0.78, swing: 0, waves: 0, shift: 0 }, hsl(0.08, 0.22, 0.46)),
    box([0.3, 0.26], [1.04, 0.86], 0.02, hsl(0.085, 0.45, 0.56)),
    box([0.3, 0.26], [1.04, 0.4], 0.02, hsl(0.085, 0.45, 0.63)),
    box([0.6, 0.26], [0.72, 0.86], 0, hsl(0.1, 0.5, 0.74, 0.85)),
    disc([0.88, 0.7], 0.12, hsl(0.08, 0.45, 0.36), 0.8),
    disc([0.9, 0.71], 0.085, hsl(0.07, 0.4, 0.26), 0.8),
    line([0.8, 0.52], [0.86, 0.62], 0.01, hsl(0.07, 0.4, 0.3)),
    line([0.7, 0.76], [0.8, 0.72], 0.01, hsl(0.07, 0.4, 0.3)),
  ])
}

export function seaside(name: string, hue: number): Picture {
  return picture(name, 640, 420, () => [
    everywhere(fade(hsl(hue, 0.7, 0.78), hsl(hue + 0.08, 0.75, 0.86), (_x, y) => y * 1.6)),
    disc([1.1, 0.38], 0.12, hsl(0.12, 0.95, 0.8)),
    below({ height: 0.52, swing: 0.004, waves: 3, shift: 0 }, hsl(0.55, 0.4, 0.52)),
    below({ height: 0.62, swing: 0.006, waves: 4, shift: 0.3 }, hsl(0.55, 0.45, 0.45)),
    below({ height: 0.72, swing: 0.008, waves: 5, shift: 0.1 }, hsl(0.55, 0.5, 0.38)),
    below({ height: 0.86, swing: 0.05, waves: 0.6, shift: 0.2 }, hsl(0.11, 0.4, 0.7)),
    line([0.36, 0.5], [0.36, 0.3], 0.008, hsl(0.08, 0.3, 0.25)),
    sail(),
    disc([0.36, 0.53], 0.07, hsl(0.02, 0.6, 0.45), 0.35),
  ])
}

export function hotelRoom(name: string): Picture {
  return picture(name, 640, 440, () => [
    everywhere(fade(hsl(0.1, 0.28, 0.88), hsl(0.09, 0.24, 0.8), (x) => x)),
    box([0.12, 0.1], [0.56, 0.5], 0.01, hsl(0.55, 0.55, 0.82)),
    box([0.12, 0.36], [0.56, 0.5], 0.01, hsl(0.55, 0.4, 0.58)),
    line([0.34, 0.1], [0.34, 0.5], 0.012, hsl(0.1, 0.1, 0.96)),
    below({ height: 0.8, swing: 0, waves: 0, shift: 0 }, hsl(0.07, 0.3, 0.46)),
    box([0.62, 0.5], [1.36, 0.88], 0.03, hsl(0.58, 0.18, 0.94)),
    box([0.62, 0.66], [1.36, 0.9], 0.03, hsl(0.48, 0.3, 0.45)),
    box([0.68, 0.46], [0.9, 0.6], 0.04, hsl(0.1, 0.2, 0.98)),
    box([0.96, 0.46], [1.18, 0.6], 0.04, hsl(0.1, 0.2, 0.98)),
    line([0.56, 0.56], [0.56, 0.8], 0.014, hsl(0.07, 0.3, 0.25)),
    disc([0.56, 0.52], 0.07, hsl(0.12, 0.8, 0.78), 0.8),
  ])
}

/** A tap that drips: the usual evidence from room 12. */
export function drippingTap(name: string): Picture {
  const chrome = hsl(0.58, 0.1, 0.62)
  return picture(name, 420, 520, () => [
    everywhere(fade(hsl(0.5, 0.2, 0.86), hsl(0.52, 0.22, 0.74), (_x, y) => y / 1.2)),
    line([0.3, 0.2], [0.3, 0.5], 0.09, chrome),
    line([0.3, 0.26], [0.66, 0.26], 0.08, chrome),
    line([0.66, 0.26], [0.66, 0.38], 0.075, chrome),
    line([0.2, 0.18], [0.42, 0.14], 0.04, hsl(0.58, 0.12, 0.5)),
    disc([0.66, 0.52], 0.025, hsl(0.55, 0.7, 0.6), 1.4),
    disc([0.66, 0.74], 0.03, hsl(0.55, 0.7, 0.6), 1.4),
    disc([0.5, 1.06], 0.46, hsl(0.1, 0.05, 0.97), 0.24),
    disc([0.64, 1.06], 0.12, hsl(0.55, 0.55, 0.75), 0.2),
  ])
}

function sail(): Shape {
  return {
    outside: (x, y) => Math.max(0.37 - x, y - 0.48, x - 0.37 - (y - 0.31) * 0.6),
    colour: () => hsl(0.12, 0.3, 0.97),
  }
}

function wheel(cx: number, cy: number, dark: ReturnType<typeof hsl>): Shape[] {
  const spokes = Array.from({ length: 8 }, (_, index) => {
    const turn = (index / 8) * Math.PI
    const [dx, dy] = [Math.cos(turn) * 0.23, Math.sin(turn) * 0.23]
    return line([cx - dx, cy - dy], [cx + dx, cy + dy], 0.004, hsl(0.6, 0.05, 0.55))
  })
  return [...spokes, ring([cx, cy], 0.235, 0.022, dark), disc([cx, cy], 0.022, dark)]
}

function picture(name: string, width: number, height: number, shapes: () => readonly Shape[]): Picture {
  const bytes = () => paintPng(width, height, shapes())
  return { name, contentType: 'image/png', fileType: 'image', width, height, bytes }
}
