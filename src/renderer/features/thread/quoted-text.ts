/**
 * Parts what somebody wrote from the trail their mail program quoted below it. Only a trail that runs to the end
 * and is introduced or long is folded, so that a quote people answer under stays in sight.
 */
export function splitQuoted(text: string): { said: string; quoted: string | null } {
  const lines = text.split('\n')
  let start = lines.length
  while (start > 0 && isTrail(lines[start - 1] ?? '')) start -= 1
  const trail = lines.slice(start).filter((line) => line.trim() !== '')
  const head = lines.slice(0, start)
  const introduced = takeIntroduction(head)
  const said = head.join('\n').trimEnd()
  const isWorthFolding = trail.length > 0 && (introduced !== null || trail.length >= 4)
  if (!isWorthFolding || said === '') return { said: text, quoted: null }
  return { said, quoted: [introduced ?? '', ...lines.slice(start)].join('\n').trim() }
}

function isTrail(line: string): boolean {
  return line.startsWith('>') || line.trim() === ''
}

/** Removes "On <day>, <name> wrote:" from the end, in the shapes of the common programs; may span two lines. */
function takeIntroduction(head: string[]): string | null {
  for (const count of [1, 2]) {
    const candidate = head.slice(-count).join(' ').trim()
    if (/^(On|Am|Le|El|Pada|Il|Op|Em|Den)\s.{6,200}:$/u.test(candidate)) {
      head.splice(-count)
      return candidate
    }
  }
  return null
}
