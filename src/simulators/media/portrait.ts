import { numberOfText, seededRandom } from '../seeded-random.ts'
import { disc, everywhere, fade, hsl, paintPng, type Shape } from './painter.ts'

/** A small drawn portrait that is always the same for the same name and different for another. */
export function portrait(name: string, size = 128): Uint8Array {
  const random = seededRandom(numberOfText(name))
  const hue = random.next()
  const backdrop = fade(hsl(hue, 0.55, 0.78), hsl(hue + 0.09, 0.6, 0.6), (x, y) => (x + y) / 2)
  const skin = random.pick(skins)
  const hair = random.pick(hairs)
  const clothes = hsl(hue + random.pick([0.42, 0.5, 0.58]), 0.45, random.pick([0.38, 0.46, 0.55]))
  const shade = hsl(skin[0], skin[1], skin[2] - 0.07)
  return paintPng(size, size, [
    everywhere(backdrop),
    ...backHair(random.between(0, 3), hair),
    disc([0.5, 1.02], 0.33, clothes, 0.86),
    disc([0.5, 0.7], 0.1, shade, 1.3),
    disc([0.5, 0.45], 0.19, hsl(...skin), 1.18),
    ...frontHair(random.between(0, 2), hair),
  ])
}

type Tone = readonly [hue: number, saturation: number, lightness: number]

const skins: readonly Tone[] = [
  [0.07, 0.55, 0.84],
  [0.075, 0.5, 0.76],
  [0.07, 0.45, 0.66],
  [0.065, 0.42, 0.52],
  [0.06, 0.4, 0.4],
  [0.055, 0.38, 0.32],
]

const hairs: readonly Tone[] = [
  [0.07, 0.3, 0.14],
  [0.06, 0.35, 0.24],
  [0.08, 0.45, 0.36],
  [0.11, 0.6, 0.6],
  [0.04, 0.6, 0.42],
  [0.6, 0.08, 0.7],
  [0.0, 0.02, 0.1],
]

function backHair(style: number, tone: Tone): Shape[] {
  const colour = hsl(...tone)
  if (style === 0) return [disc([0.5, 0.5], 0.27, colour, 1.25)]
  if (style === 1) return [disc([0.5, 0.56], 0.25, colour, 1.5)]
  if (style === 2) return [disc([0.5, 0.17], 0.09, colour), disc([0.5, 0.4], 0.23, colour)]
  return [disc([0.5, 0.41], 0.225, colour, 1.08)]
}

/** A fringe: the part of a disc over the forehead that the face does not cover. */
function frontHair(style: number, tone: Tone): Shape[] {
  const colour = hsl(...tone)
  const centre = [0.42, 0.5, 0.58][style] ?? 0.5
  return [
    {
      outside: (x, y) =>
        Math.max(
          Math.hypot(x - 0.5, (y - 0.43) / 1.12) - 0.212,
          y - 0.34 - 0.5 * (x - centre) * (x - centre) * (style === 1 ? 1 : 2.4),
        ),
      colour: () => colour,
    },
  ]
}
