import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { launchBrowser } from '../tests/support/browser.ts'
import { counts } from '../src/main/shells/electron/tray-look.ts'
import { appDrawing, overlayDrawing, trayDrawing } from './icon-drawings.ts'

/**
 * Draws every icon anew into build/icons: `node build/render-icons.ts`. The results are committed, because a build
 * must not need a browser. Numbers are set in the bundled font, so every machine draws the same.
 */
const folder = path.join(import.meta.dirname, 'icons')
const font = path.join(
  import.meta.dirname,
  '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
)

const icons = ['quiet', 'signed-out', 'trouble', ...counts, ...counts.map((count) => `trouble-${count}`)]
const tray = icons.flatMap((icon) => [
  ...(['light', 'dark'] as const).flatMap((panel) =>
    ([1, 1.5, 2] as const).map((scale) =>
      drawn(`tray/${icon}-${panel}`, trayDrawing(icon, panel), 16, scale),
    ),
  ),
  ...([1, 2] as const).map((scale) =>
    drawn(`tray/${icon}-Template`, trayDrawing(icon, 'Template'), 16, scale),
  ),
])
const overlays = [...counts, 'trouble'].flatMap((icon) =>
  ([1, 2] as const).map((scale) => drawn(`overlay/${icon}`, overlayDrawing(icon), 16, scale)),
)
const app = [16, 24, 32, 48, 64, 128, 256, 512, 1024].map((px) => drawn(`app/${px}`, appDrawing(px), px, 1))

rmSync(folder, { recursive: true, force: true })
for (const each of ['tray', 'overlay', 'app']) mkdirSync(path.join(folder, each), { recursive: true })
const browser = await launchBrowser()
const page = await browser.newPage()
const face = `@font-face { font-family: 'Inter Variable'; font-weight: 100 900; src: url(data:font/woff2;base64,${readFileSync(font).toString('base64')}) }`
for (const { name, svg, px } of [...tray, ...overlays, ...app]) {
  await page.setViewportSize({ width: px, height: px })
  await page.setContent(
    `<style>${face} * { margin: 0 } svg { display: block; width: ${px}px; height: ${px}px }</style>${svg}`,
  )
  await page.evaluate(() => document.fonts.ready)
  writeFileSync(path.join(folder, `${name}.png`), await page.screenshot({ omitBackground: true }))
}
await browser.close()

function drawn(
  name: string,
  svg: string,
  size: number,
  scale: number,
): { name: string; svg: string; px: number } {
  return { name: scale === 1 ? name : `${name}@${scale}x`, svg, px: size * scale }
}
