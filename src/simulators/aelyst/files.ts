import { hummedWav, pagePdf } from '../media/documents.ts'
import { box, disc, everywhere, fade, hsl, line, paintPng, type Shape } from '../media/painter.ts'
import { portrait } from '../media/portrait.ts'
import { numberOfText } from '../seeded-random.ts'
import type { SimulatorAnswer } from '../router.ts'

/**
 * What customers sent along, drawn when somebody asks: it lies in the open, as attachments of the real one do. The
 * beginning of the name says what it is.
 */
export function openFile(name: string): SimulatorAnswer | null {
  const [kind = ''] = name.split('-')
  const made = kinds[kind]?.(name)
  if (made === undefined) return null
  const [contentType, body] = made
  return { status: 200, headers: { 'content-type': contentType }, body }
}

/** Stands for where the simulator is reached; rendering fills it in. */
export const originMark = '{origin}'

export function fileUrl(name: string): string {
  return `${originMark}/files/${name}`
}

const kinds: Readonly<Record<string, (name: string) => readonly [string, Uint8Array]>> = {
  portrait: (name) => ['image/png', portrait(name)],
  plant: (name) => ['image/png', paintPng(480, 480, pottedPlant(name, 0.33))],
  droopy: (name) => ['image/png', paintPng(480, 480, pottedPlant(name, 0.16))],
  voice: (name) => ['audio/wav', hummedWav([196, 220, 247, 220, 262].map((hertz) => hertz + name.length))],
  paper: (name) => ['application/pdf', pagePdf(['Ferry Lane Plants', name, 'With thanks'])],
}

/** A pot with leaves, where the hue tells how well it is. */
function pottedPlant(name: string, hue: number): readonly Shape[] {
  const turn = (numberOfText(name) % 100) / 300
  const leaf = (index: number, lightness: number) => hsl(hue + index * 0.012, 0.5, lightness)
  const leaves = [-0.24, -0.14, 0, 0.13, 0.25].flatMap((lean, index) => {
    const top = [0.5 + lean, 0.34 - turn * 0.3 + Math.abs(lean) * 0.5] as const
    return [line([0.5, 0.66], top, 0.014, leaf(index, 0.3)), disc(top, 0.11, leaf(index, 0.42), 1.5)]
  })
  return [
    everywhere(fade(hsl(0.1 + turn, 0.4, 0.92), hsl(0.08 + turn, 0.35, 0.8), (_x, y) => y)),
    ...leaves,
    box([0.34, 0.64], [0.66, 0.72], 0.02, hsl(0.04, 0.5, 0.48)),
    box([0.37, 0.7], [0.63, 0.92], 0.03, hsl(0.04, 0.5, 0.55)),
  ]
}
