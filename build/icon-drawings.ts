/**
 * The mark of Tuntas: a tray with what lies in it settled. Every icon is drawn on a grid of 16, so that the smallest
 * size is the one that was designed. State is told by shape first: a check, a number on a plate, an exclamation mark
 * over a broken tray, a cross. Colour only repeats it.
 */

export type Panel = 'light' | 'dark' | 'Template'

/** One tray icon as SVG, `icon` as src/main/shells/electron/tray-look.ts names it. */
export function trayDrawing(icon: string, panel: Panel): string {
  const { ink, plate, alarm } = colours[panel]
  const isTrouble = icon.startsWith('trouble')
  const count = /(\d)(plus)?$/.exec(icon)
  const tray = isTrouble ? brokenTray(ink) : wholeTray(ink)
  if (icon === 'signed-out') return svg(16, tray + cross(ink))
  if (count !== null) return svg(16, `${tray}${numberPlate(label(count), isTrouble ? alarm : plate)}`)
  return svg(16, tray + (isTrouble ? exclamation(alarm) : check(ink)))
}

/** The mark on a Windows taskbar button. */
export function overlayDrawing(icon: string): string {
  const count = /(\d)(plus)?$/.exec(icon)
  if (count === null)
    return svg(16, `<path d="M8 1 15.5 14.5H.5Z" fill="#b45309"/>${exclamationAt(8, 6, '#fff', 0.8)}`)
  const size = label(count).length > 1 ? 9 : 11
  return svg(16, `<circle cx="8" cy="8" r="8" fill="#0f766e"/>${digits(label(count), 12, size, '#fff')}`)
}

/** The app's own icon: the mark in a rounded square; below 48 px with fewer and thicker lines. */
export function appDrawing(px: number): string {
  const isSmall = px < 48
  const tray = isSmall
    ? 'M18 62v10a12 12 0 0 0 12 12h40a12 12 0 0 0 12-12V62'
    : 'M20 58v14a12 12 0 0 0 12 12h36a12 12 0 0 0 12-12V58h-15a4 4 0 0 0-3.5 2.1l-2.4 4.6a4 4 0 0 1-3.5 2.1H44.4a4 4 0 0 1-3.5-2.1l-2.4-4.6A4 4 0 0 0 35 58Z'
  const width = isSmall ? 10 : 6.5
  const check = isSmall ? 'm29 40 15 15 27-32' : 'm34 36 12 12 21-25'
  return svg(
    100,
    `<defs><linearGradient id="g" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#159488"/><stop offset="1" stop-color="#0a5a55"/></linearGradient></defs>
    <rect x="2" y="2" width="96" height="96" rx="23" fill="url(#g)"/>
    <g fill="none" stroke-linecap="round" stroke-linejoin="round">
      <path d="${tray}" stroke="#d7f5ef" stroke-width="${width}"/>
      <path d="${check}" stroke="#fff" stroke-width="${isSmall ? 11 : 9}"/>
    </g>`,
  )
}

const colours: Readonly<Record<Panel, { ink: string; plate: string; alarm: string }>> = {
  light: { ink: '#22272e', plate: '#0f766e', alarm: '#b45309' },
  dark: { ink: '#f3f5f7', plate: '#5eead4', alarm: '#fbbf24' },
  // macOS takes the shape alone and colours it for the menu bar of the moment.
  Template: { ink: '#000', plate: '#000', alarm: '#000' },
}

function svg(grid: number, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${grid} ${grid}">${content}</svg>`
}

const line = 'fill="none" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"'

function wholeTray(ink: string): string {
  return `<path d="M1.6 10.6v1.6a2.6 2.6 0 0 0 2.6 2.6h7.6a2.6 2.6 0 0 0 2.6-2.6v-1.6" ${line} stroke="${ink}"/>`
}

function brokenTray(ink: string): string {
  return `<path d="M1.6 10.6v1.6a2.6 2.6 0 0 0 2.6 2.6h1.3m5 0h1.3a2.6 2.6 0 0 0 2.6-2.6v-1.6" ${line} stroke="${ink}"/>`
}

function check(ink: string): string {
  return `<path d="m4.2 6.6 2.8 2.9 5-7" ${line.replace('1.7', '2')} stroke="${ink}"/>`
}

function exclamation(ink: string): string {
  return exclamationAt(8, 1, ink, 1.2)
}

function exclamationAt(x: number, top: number, ink: string, scale: number): string {
  return `<path d="M${x} ${top}v${4.6 * scale}" ${line.replace('1.7', String(2 * scale))} stroke="${ink}"/><circle cx="${x}" cy="${top + 8.2 * scale}" r="${1.2 * scale}" fill="${ink}"/>`
}

/** The number is cut out of its plate, so that it reads on any panel. */
function numberPlate(text: string, colour: string): string {
  const mask = `<mask id="n"><rect width="16" height="16" fill="#fff"/>${digits(text, text.length > 1 ? 8.6 : 9.4, text.length > 1 ? 8 : 10.6, '#000')}</mask>`
  return `${mask}<rect x="1.5" y="0" width="13" height="11.4" rx="3" fill="${colour}" mask="url(#n)"/>`
}

/** In the middle of the 16 columns. */
function digits(text: string, baseline: number, size: number, colour: string): string {
  return `<text x="8" y="${baseline}" font-family="Inter Variable" font-weight="800" font-size="${size}" text-anchor="middle" fill="${colour}">${text}</text>`
}

function label([, digit = '', plus]: RegExpExecArray): string {
  return plus === undefined ? digit : `${digit}+`
}

function cross(ink: string): string {
  return `<path d="m5.3 2.4 5.4 5.4m0-5.4-5.4 5.4" ${line.replace('1.7', '1.9')} stroke="${ink}"/>`
}
