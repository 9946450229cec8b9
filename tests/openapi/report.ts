import { createChecker, type Fault } from './check-exchange.ts'
import type { Exchange } from './exchange.ts'
import type { Exercised } from './exercise-all.ts'
import type { JsonObject } from './json.ts'
import { mended, mostExceptions, whatFails, type Exception } from './prove-exceptions.ts'

/** Everything there is to say of what was exercised, and how many of it passed: operations, exceptions, exercises. */
export function report(official: JsonObject, exceptions: readonly Exception[], exercised: Exercised): Report {
  const checked = checkAll(official, exceptions, exercised.exchanges)
  const proof = whatFails(official, exceptions, exercised.exchanges)
  const failures = [
    ...exercised.broken.map(({ name, says }) => `FAIL  exercise "${name}" broke off: ${says}`),
    ...exercised.uncalled.map(
      (name) => `FAIL  session.${name} is exercised by nobody: add a line to tests/openapi/exercises.ts`,
    ),
    ...(exceptions.length > mostExceptions
      ? [`FAIL  ${exceptions.length} exceptions, and ${mostExceptions} are the most there may be`]
      : []),
  ]
  const operations = [...checked.operations].toSorted(([a], [b]) => a.localeCompare(b))
  const red = operations.filter(([, { faults }]) => faults.length > 0).length
  const shaky = new Set(proof.map(({ exception }) => exception)).size
  return {
    lines: [
      ...operations.flatMap(([name, each]) => operationLines(name, each)),
      ...exceptions.flatMap((each) => exceptionLines(each, proof)),
      ...[...checked.unknown].toSorted().map((name) => `      ${name}  not described`),
      ...failures,
    ],
    passed: operations.length - red + exceptions.length - shaky,
    failed: red + shaky + failures.length,
  }
}

export interface Report {
  readonly lines: readonly string[]
  readonly passed: number
  readonly failed: number
}

interface Checked {
  count: number
  readonly faults: string[]
}

function checkAll(official: JsonObject, exceptions: readonly Exception[], exchanges: readonly Exchange[]) {
  const checker = createChecker(mended(official, exceptions))
  const operations = new Map<string, Checked>()
  const unknown = new Set<string>()
  for (const exchange of exchanges) {
    const told = checker.check(exchange)
    if (told === null) {
      unknown.add(`${exchange.method} ${exchange.path.replace(/\/(\d+|\w{20,})(?=\/|$)/g, '/{…}')}`)
      continue
    }
    const known = operations.get(told.operation) ?? { count: 0, faults: [] }
    known.count += 1
    for (const fault of told.faults) {
      const sentence = sentenceOf(fault)
      if (!known.faults.includes(sentence)) known.faults.push(sentence)
    }
    operations.set(told.operation, known)
  }
  return { operations, unknown }
}

const partNames: Record<Fault['part'], string> = {
  token: 'what we send',
  path: 'the address we ask',
  query: 'the query we ask',
  sent: 'the body we send',
  sentType: 'the body we send',
  status: 'the answer',
  answered: 'the answer',
  answeredType: 'the answer',
}

function sentenceOf({ part, pointer, says }: Fault): string {
  return `${partNames[part]}${pointer === '' ? '' : ` at ${pointer.replace(/\/\d+(?=\/|$)/g, '/*')}`}: ${says}`
}

function operationLines(name: string, { count, faults }: Checked): string[] {
  return [
    `${faults.length === 0 ? 'ok  ' : 'FAIL'}  ${name}  ${count} checked`,
    ...faults.map((each) => `        ${each}`),
  ]
}

function exceptionLines(exception: Exception, proof: ReturnType<typeof whatFails>): string[] {
  const against = proof.filter((each) => each.exception === exception)
  const { name, sections, why, places } = exception
  return [
    `${against.length === 0 ? 'ok  ' : 'FAIL'}  exception: ${name} (§${sections.join(', §')}; places: ${places.length}): ${why}`,
    ...against.map(({ says }) => `        ${says}`),
  ]
}
