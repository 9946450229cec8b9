import { agent, me, note, them, type LinePlan } from '../plan.ts'

/**
 * A long thread written as a script: `> ` the customer, `< ` me, `<name ` a colleague, `#name ` a colleague's note,
 * `== 3d` the time from which the lines below go on, about two minutes apart.
 */
export function transcript(script: string): LinePlan[] {
  const lines: LinePlan[] = []
  let agoMinutes = 0
  for (const row of script
    .trim()
    .split('\n')
    .map((text) => text.trim())) {
    if (row.startsWith('==')) agoMinutes = minutesOf(row.slice(2).trim())
    else if (row !== '') {
      lines.push(spoken(row, `${agoMinutes}m`))
      agoMinutes -= 2 + (lines.length % 3)
    }
  }
  return lines
}

function spoken(row: string, ago: string): LinePlan {
  const [, mark, name, text] = /^([<>#])(\w*) (.*)$/.exec(row) ?? []
  if (text === undefined) throw new Error(`"${row}" is no line of a script.`)
  if (mark === '>') return them(ago, text)
  if (mark === '#') return note(name ?? '', ago, text)
  return name === '' ? me(ago, text) : agent(name ?? '', ago, text)
}

function minutesOf(ago: string): number {
  const [, count, unit] = /^(\d+)([dhm])$/.exec(ago) ?? []
  return Number(count) * (unit === 'd' ? 1440 : unit === 'h' ? 60 : 1)
}
