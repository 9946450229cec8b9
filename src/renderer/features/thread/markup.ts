/**
 * Reads the little markup people write in chats: links, bold, italic, struck, code, lists, quotes and line breaks.
 * The answer is data that React draws, never HTML; what is not understood stays text.
 */
export function readMarkup(text: string): readonly Block[] {
  if (text.length > plainAbove) return [{ kind: 'lines', lines: [[{ kind: 'text', text }]] }]
  return readBlocks(text.replace(/\r\n?/g, '\n').split('\n'))
}

export type Block =
  | { readonly kind: 'lines'; readonly lines: readonly Inlines[] }
  | { readonly kind: 'list'; readonly start: number | null; readonly items: readonly Inlines[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'em' | 'struck'; readonly inside: Inlines }
  | { readonly kind: 'link'; readonly href: string; readonly inside: Inlines }
  /** Somebody called by name, as helpdesks write it: `[@Name](mention://...)`. */
  | { readonly kind: 'called'; readonly text: string }

export type Inlines = readonly Inline[]

/** Beyond this, reading markup would cost more than it gives. */
const plainAbove = 20_000

const bulletLine = /^\s{0,3}[-*•]\s+(.*)$/
const numberLine = /^\s{0,3}(\d{1,3})[.)]\s+(.*)$/
const quoteLine = /^\s{0,3}>\s?(.*)$/

function readBlocks(lines: readonly string[]): Block[] {
  const blocks: Block[] = []
  let at = 0
  while (at < lines.length) {
    const [block, next] = readBlock(lines, at)
    if (block !== null) blocks.push(block)
    at = next
  }
  return blocks
}

function readBlock(lines: readonly string[], at: number): [Block | null, number] {
  const line = lines[at] ?? ''
  if (line.trim() === '') return [null, at + 1]
  if (line.startsWith('```')) return readFence(lines, at)
  const number = numberLine.exec(line)
  if (number !== null) {
    const [items, next] = take(lines, at, (each) => numberLine.exec(each)?.[2])
    return [{ kind: 'list', start: Number(number[1]), items: items.map(readInlines) }, next]
  }
  if (bulletLine.test(line)) {
    const [items, next] = take(lines, at, (each) => bulletLine.exec(each)?.[1])
    return [{ kind: 'list', start: null, items: items.map(readInlines) }, next]
  }
  if (quoteLine.test(line)) {
    const [quoted, next] = take(lines, at, (each) => quoteLine.exec(each)?.[1])
    return [
      { kind: 'quote', blocks: readBlocks(quoted.map((each) => each.replace(/^(\s*>\s?)+/, ''))) },
      next,
    ]
  }
  const [plain, next] = take(lines, at, (each) => (isPlain(each) ? each : undefined))
  return [{ kind: 'lines', lines: plain.map(readInlines) }, next]
}

function isPlain(line: string): boolean {
  const starts = [bulletLine, numberLine, quoteLine]
  return line.trim() !== '' && !line.startsWith('```') && !starts.some((start) => start.test(line))
}

function readFence(lines: readonly string[], at: number): [Block, number] {
  const close = lines.findIndex((line, index) => index > at && line.startsWith('```'))
  const end = close < 0 ? lines.length : close
  return [{ kind: 'code', text: lines.slice(at + 1, end).join('\n') }, end + 1]
}

/** Lines from `at` on for as long as `read` finds something in them. */
function take(
  lines: readonly string[],
  at: number,
  read: (line: string) => string | undefined,
): [string[], number] {
  const taken: string[] = []
  for (let index = at; index < lines.length; index += 1) {
    const found = read(lines[index] ?? '')
    if (found === undefined) break
    taken.push(found)
  }
  return [taken, at + taken.length]
}

const marks = new RegExp(
  [
    /`(?<code>[^`\n]{1,2000})`/,
    /\[(?<label>[^\]\n]{1,500})\]\((?<target>[^\s)]{1,2000})\)/,
    /(?<url>https?:\/\/[^\s<>"]{1,2000})/,
    /\*\*(?=\S)(?<strong>[^\n]{1,600}?\S|\S)\*\*/,
    /~~(?=\S)(?<struck>[^\n]{1,600}?\S|\S)~~/,
    /(?<![\p{L}\p{N}*])\*(?=[^\s*])(?<star>[^\n*]{1,600})(?<=\S)\*(?![\p{L}\p{N}*])/u,
    /(?<![\p{L}\p{N}_])_(?=[^\s_])(?<under>[^\n_]{1,600})(?<=\S)_(?![\p{L}\p{N}_])/u,
  ]
    .map((each) => each.source)
    .join('|'),
  'gu',
)

function readInlines(text: string): Inlines {
  const found: Inline[] = []
  let at = 0
  for (const match of text.matchAll(marks)) {
    const read = readMark(match.groups ?? {})
    if (read === null) continue
    if (match.index > at) found.push({ kind: 'text', text: text.slice(at, match.index) })
    found.push(read.inline)
    at = match.index + match[0].length - read.givenBack
  }
  if (at < text.length) found.push({ kind: 'text', text: text.slice(at) })
  return found
}

/** What a match means; `givenBack` counts letters at its end that belong to the sentence around it. */
function readMark(groups: Record<string, string | undefined>): { inline: Inline; givenBack: number } | null {
  const { code, label, target, url, strong, struck, star, under } = groups
  if (code !== undefined) return { inline: { kind: 'code', text: code }, givenBack: 0 }
  if (label !== undefined && target !== undefined) {
    if (target.startsWith('mention://')) return { inline: { kind: 'called', text: label }, givenBack: 0 }
    const href = safeHref(target)
    return href === null
      ? null
      : { inline: { kind: 'link', href, inside: [{ kind: 'text', text: label }] }, givenBack: 0 }
  }
  if (url !== undefined) {
    const kept = withoutTail(url)
    const href = safeHref(kept)
    if (href === null) return null
    return {
      inline: { kind: 'link', href, inside: [{ kind: 'text', text: kept }] },
      givenBack: url.length - kept.length,
    }
  }
  if (strong !== undefined) return { inline: { kind: 'strong', inside: readInlines(strong) }, givenBack: 0 }
  if (struck !== undefined) return { inline: { kind: 'struck', inside: readInlines(struck) }, givenBack: 0 }
  return { inline: { kind: 'em', inside: readInlines(star ?? under ?? '') }, givenBack: 0 }
}

/** Full stops and closing brackets after an address belong to the sentence, unless the address opened them. */
function withoutTail(url: string): string {
  let kept = url.replace(/[.,;:!?'*_~]+$/, '')
  while (kept.endsWith(')') && kept.split('(').length < kept.split(')').length) kept = kept.slice(0, -1)
  return kept
}

const allowedSchemes = new Set(['http:', 'https:', 'mailto:', 'tel:'])

/** An address that may be followed, written out; null for everything that could run or open something else. */
export function safeHref(raw: string): string | null {
  try {
    const url = new URL(raw)
    return allowedSchemes.has(url.protocol) ? url.href : null
  } catch {
    return null
  }
}

/** Where a link really leads, unless its words say so already; a link must not be able to name another place. */
export function hiddenHost(href: string, words: string): string | null {
  const url = new URL(href)
  const host = url.host === '' ? url.pathname : url.host
  const said = words
    .trim()
    .toLowerCase()
    .replace(/^(https?:\/\/|mailto:|tel:)/, '')
    .replace(/^www\./, '')
  const plain = host.toLowerCase().replace(/^www\./, '')
  const isSaid = said === plain || ['/', '?', '#', ':'].some((next) => said.startsWith(plain + next))
  return isSaid && url.username === '' ? null : host
}
