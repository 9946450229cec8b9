import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createChecker } from '../openapi/check-exchange.ts'
import { exceptions } from '../openapi/exceptions.ts'
import { recordingHttp, type Body, type Exchange } from '../openapi/exchange.ts'
import type { Json, JsonObject } from '../openapi/json.ts'
import { mended, mostExceptions, whatFails, type Exception } from '../openapi/prove-exceptions.ts'
import { report } from '../openapi/report.ts'
import { runCheck } from '../openapi/run-check.ts'

const json = (schema: JsonObject): JsonObject => ({ content: { 'application/json': { schema } } })
const bird = { $ref: '#/components/schemas/bird' }

/** A description of our own: an aviary. */
const aviary: JsonObject = {
  openapi: '3.0.4',
  paths: {
    '/birds/{bird}': {
      parameters: [{ $ref: '#/components/parameters/bird' }],
      get: { security: [{ key: [] }], responses: { 200: json(bird) } },
      put: { requestBody: json(bird), responses: { 200: {} } },
    },
    '/birds/counts': { get: { responses: { 200: json({ type: 'integer' }) } } },
    '/birds': {
      get: {
        parameters: [
          { name: 'page', in: 'query', schema: { type: 'integer' } },
          { name: 'ids', in: 'query', schema: { type: 'array', items: { type: 'integer' } } },
          { name: 'kinds', in: 'query', required: true, schema: { type: 'array', items: { enum: ['owl'] } } },
        ],
        responses: { 200: json({ type: 'array', items: bird }) },
      },
      post: {
        requestBody: {
          required: true,
          ...json({ allOf: [bird, { type: 'object', properties: { cage: { type: 'string' } } }] }),
        },
        responses: { 201: json(bird) },
      },
    },
  },
  components: {
    parameters: { bird: { name: 'bird', in: 'path', required: true, schema: { type: 'integer' } } },
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'aviary_key' } },
    schemas: {
      bird: {
        type: 'object',
        required: ['name'],
        discriminator: { propertyName: 'kind' },
        properties: {
          name: { type: 'string' },
          kind: { type: 'string', enum: ['owl', 'wren'], nullable: true },
          ring: { type: 'integer', nullable: true },
          grams: { type: 'number', minimum: 0, exclusiveMinimum: true },
          mate: { $ref: '#/components/schemas/bird', nullable: true },
        },
      },
    },
  },
}

const value = (given: Json): Body => ({ kind: 'value', contentType: 'application/json', value: given })

function said(given: Partial<Exchange>): Exchange {
  return {
    method: 'GET',
    path: '/birds/7',
    query: [],
    headerNames: ['aviary-key'],
    sent: { kind: 'none' },
    status: 200,
    answered: value({ name: 'Pip' }),
    ...given,
  }
}

function faults(given: Partial<Exchange>, document = aviary): string[] {
  const told = createChecker(document).check(said(given))
  return told === null
    ? ['unknown']
    : told.faults.map(({ part, pointer, says }) => `${part} ${pointer}: ${says}`)
}

describe('an answer', () => {
  test('that fits is green, and may tell more than is described', () => {
    expect(
      faults({
        answered: value({
          name: 'Pip',
          song: 'pip pip',
          ring: null,
          kind: null,
          mate: { name: 'Bo', mate: null },
        }),
      }),
    ).toEqual([])
  })

  test.each<[string, Json, string]>([
    ['a wrong type', { name: 7 }, 'answered /name: must be string'],
    ['a missing required property', {}, "answered : must have required property 'name'"],
    [
      'a value not in the list',
      { name: 'Pip', kind: 'bat' },
      'answered /kind: must be one of owl, wren, null',
    ],
    ['null where it is not nullable', { name: null }, 'answered /name: must be string'],
    ['a bound that is excluded', { name: 'Pip', grams: 0 }, 'answered /grams: must be > 0'],
    [
      'a wrong type further down',
      { name: 'Pip', mate: { name: 'Bo', ring: 'x' } },
      'answered /mate/ring: must be integer,null',
    ],
  ])('with %s is red', (_, answer, fault) => {
    expect(faults({ answered: value(answer) })).toEqual([fault])
  })

  test('of a status or a type nobody described is red, and so is none at all', () => {
    expect(faults({ status: 404 })).toEqual(['status : status 404 is not described'])
    expect(faults({ answered: { kind: 'other', contentType: 'text/html' } })).toEqual([
      'answeredType : an answer of text/html is not described',
    ])
    expect(faults({ answered: { kind: 'none' } })).toEqual(['answeredType : the answer is empty'])
    expect(faults({ answered: { kind: 'other', contentType: 'application/json' } })).toEqual([
      'answered : is no proper application/json',
    ])
  })
})

test('a page of a proxy is no answer of the server; what was sent is checked all the same', () => {
  const page: Body = { kind: 'other', contentType: 'text/html' }
  expect(faults({ status: 502, answered: page })).toEqual([])
  expect(faults({ status: 413, answered: page, headerNames: [] })).toHaveLength(1)
  expect(faults({ status: 502, answered: value({}) })).toEqual(['status : status 502 is not described'])
})

describe('a request', () => {
  test('to a literal path is not taken for one with a blank', () => {
    expect(faults({ path: '/birds/counts', answered: value(3) })).toEqual([])
  })

  test('is red where a parameter does not fit, is missing or is not described', () => {
    expect(faults({ path: '/birds/pip' })).toEqual(['path /bird: must be integer'])
    const list = { path: '/birds', answered: value([]) }
    const fine: Exchange['query'] = [
      ['kinds', 'owl'],
      ['ids', '1'],
      ['ids', '2'],
    ]
    expect(faults({ ...list, query: fine })).toEqual([])
    expect(
      faults({
        ...list,
        query: [
          ['page', 'x'],
          ['kinds', 'bat'],
          ['sort', 'up'],
        ],
      }),
    ).toEqual([
      'query /page: must be integer',
      'query /kinds: must be one of owl',
      'query /sort: is not described',
    ])
    expect(faults(list)).toEqual(['query /kinds: is required and missing'])
  })

  test('without its token is red; dashes in the name are as good as underscores', () => {
    expect(faults({})).toEqual([])
    expect(faults({ headerNames: [] })).toEqual(['token : the header aviary_key is missing'])
  })

  test('may send only what is described, of the right type', () => {
    const post = { method: 'POST', path: '/birds', status: 201 }
    expect(faults({ ...post, sent: value({ name: 'Pip', cage: 'north' }) })).toEqual([])
    expect(faults({ ...post, sent: value({ name: 'Pip', cgae: 'north' }) })).toEqual([
      'sent /cgae: is not described',
    ])
    const put = { method: 'PUT', path: '/birds/7' }
    expect(faults({ ...put, sent: value({ name: 'Pip', mate: { name: 'Bo', nest: 1 } }) })).toEqual([
      'sent /mate/nest: is not described',
    ])
    expect(faults({ ...put, sent: value({ name: 7 }) })).toEqual(['sent /name: must be string'])
    expect(faults({ ...put, sent: value({}) })).toEqual(["sent : must have required property 'name'"])
  })

  test('without a body that is required, or with one that is not described, is red', () => {
    const post = { method: 'POST', path: '/birds', status: 201 }
    expect(faults(post)).toEqual(['sentType : a body is required, and none was sent'])
    expect(faults({ ...post, sent: { kind: 'other', contentType: 'text/plain' } })).toEqual([
      'sentType : a body of text/plain is not described',
    ])
    expect(faults({ sent: value({}) })).toEqual(['sentType : a body of application/json is not described'])
  })
})

test('a call nobody described is told as such', () => {
  expect(faults({ path: '/trees/7' })).toEqual(['unknown'])
  expect(faults({ method: 'DELETE' })).toEqual(['unknown'])
})

describe('an exception', () => {
  const ringed = (planted: Json): Exception => ({
    name: 'rings have letters',
    why: 'the description speaks of numbers',
    sections: ['1.1'],
    places: [
      { pointer: '/components/schemas/bird/properties/ring', mend: { set: { type: 'string' } }, planted },
    ],
  })
  const kinds: Exception = {
    name: 'the list takes a kind',
    why: 'the description forgot it',
    sections: ['1.1'],
    places: [
      {
        pointer: '/paths/~1birds~1counts/get/parameters',
        mend: { add: [{ name: 'of', in: 'query', schema: { enum: ['owls'] } }] },
        planted: 'trees',
      },
    ],
  }
  const withRing = said({ answered: value({ name: 'Pip', ring: 'A 7' }) })
  const counted = said({ path: '/birds/counts', query: [['of', 'owls']], answered: value(3) })
  const against = (
    given: readonly Exception[],
    exchanges: readonly Exchange[],
    document = aviary,
  ): string[] => whatFails(document, given, exchanges).map(({ says }) => says)

  test('stands where what was said needs it and its opposite goes red', () => {
    expect(against([ringed(7), kinds], [withRing, counted])).toEqual([])
    expect(createChecker(mended(aviary, [ringed(7)])).check(withRing)?.faults).toEqual([])
  })

  test('that nothing needs is red', () => {
    expect(against([ringed(7)], [said({})])).toEqual([
      '/components/schemas/bird/properties/ring is needed by nothing that was said: take it out',
    ])
  })

  test('is not needed by what is red with it as well', () => {
    const nameless = said({ answered: value({ name: 7 }) })
    expect(against([ringed(7)], [nameless])).toEqual([expect.stringContaining('needed by nothing')])
  })

  test('whose opposite stays green is red', () => {
    expect(against([ringed('B 8')], [withRing])).toEqual([
      '/components/schemas/bird/properties/ring stays green with "B 8" planted at answered/ring',
    ])
  })

  test('for a place that is not there is red', () => {
    const [place] = ringed(7).places
    const lost = {
      ...ringed(7),
      places: [{ pointer: '/components/schemas/tree', mend: { set: {} }, planted: 7 }],
    }
    expect(place).toBeDefined()
    expect(against([lost], [withRing])).toEqual([
      '/components/schemas/tree is not in the official description',
    ])
  })

  test('counts, in the report, as one more that passed or failed', () => {
    const exercised = { exchanges: [withRing, counted, said({ path: '/trees/7' })], broken: [], uncalled: [] }
    expect(report(aviary, [ringed(7), kinds], exercised)).toEqual({
      lines: [
        'ok    GET /birds/{bird}  1 checked',
        'ok    GET /birds/counts  1 checked',
        'ok    exception: rings have letters (§1.1; places: 1): the description speaks of numbers',
        'ok    exception: the list takes a kind (§1.1; places: 1): the description forgot it',
        '      GET /trees/{…}  not described',
      ],
      passed: 4,
      failed: 0,
    })
    const told = report(aviary, [ringed('B 8')], exercised)
    expect([told.passed, told.failed]).toEqual([1, 2])
    expect(told.lines).toContain('        the query we ask at /of: is not described')
  })

  test('of ours are few, and each names a section of the page about Chatwoot', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/providers/chatwoot.md'), 'utf8')
    const known = [...page.matchAll(/^#{2,3} (\d+(?:\.\d+)?)/gm)].map(([, number]) => number)
    expect(exceptions.length).toBeLessThanOrEqual(mostExceptions)
    expect(
      exceptions.filter(
        ({ sections }) => sections.length === 0 || sections.some((each) => !known.includes(each)),
      ),
    ).toEqual([])
    expect(new Set(exceptions.map(({ name }) => name)).size).toBe(exceptions.length)
  })
})

test('an exercise that breaks off, a call nobody exercises and a sixteenth exception are failures', () => {
  const nothing = { name: '', why: '', sections: [], places: [] }
  const exercised = { exchanges: [], broken: [{ name: 'a', says: 'gone' }], uncalled: ['read.markRead'] }
  const sixteen = Array.from({ length: mostExceptions + 1 }, () => nothing)
  expect(report(aviary, sixteen, exercised).failed).toBe(3)
  expect(report(aviary, [], exercised).lines).toEqual([
    'FAIL  exercise "a" broke off: gone',
    'FAIL  session.read.markRead is exercised by nobody: add a line to tests/openapi/exercises.ts',
  ])
})

test('what is said over a recording is taken apart: query, JSON, forms and what is neither', async () => {
  const form = new FormData()
  form.append('content', 'Look')
  form.append('attachments[]', new File(['x'], 'a.png'))
  form.append('attachments[]', new File(['y'], 'b.png'))
  const sent = new Response(form)
  const { http, exchanges } = recordingHttp({
    request: () =>
      Promise.resolve({
        status: 200,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        bytes: new TextEncoder().encode('[oops'),
      }),
  })
  const request = {
    method: 'POST' as const,
    url: 'https://birds.example.com/birds?kinds=owl&kinds=wren',
    headers: { 'Content-Type': sent.headers.get('content-type') ?? '', 'Aviary-Key': 'x' },
    body: new Uint8Array(await sent.arrayBuffer()),
    timeoutMs: 1000,
    maxBytes: 1000,
  }
  await http.request(request, new AbortController().signal)
  expect(await exchanges()).toEqual([
    {
      method: 'POST',
      path: '/birds',
      query: [
        ['kinds', 'owl'],
        ['kinds', 'wren'],
      ],
      headerNames: ['aviary-key', 'content-type'],
      sent: {
        kind: 'value',
        contentType: 'multipart/form-data',
        value: { content: 'Look', attachments: ['a.png', 'b.png'] },
      },
      status: 200,
      answered: { kind: 'other', contentType: 'application/json' },
    },
  ])
})

describe('the command', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tuntas-openapi-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  async function run(named: string | undefined): Promise<string[]> {
    const printed: string[] = []
    const { summary, exitCode } = await runCheck(named, (line) => printed.push(line))
    expect(exitCode).toBe(1)
    expect(summary).toBe('openapi  0 passed, 1 failed')
    return printed
  }
  const put = (text: string): void => writeFileSync(join(folder, 'chatwoot-application.json'), text)

  test('says what is missing where no folder is named, or one without the files', async () => {
    expect(await run(undefined)).toEqual([expect.stringContaining('npm run check:openapi -- DIR')])
    expect(await run(join(folder, 'gone'))).toEqual([
      expect.stringMatching(/ENOENT.*Name the folder that holds/),
    ])
  })

  test('says that a file is no JSON, or no description, and what to do', async () => {
    put('{"openapi": ')
    expect(await run(folder)).toEqual([
      expect.stringMatching(/chatwoot-application\.json is no JSON.*Fetch it again/),
    ])
    put('[]')
    expect(await run(folder)).toEqual([expect.stringContaining('one object with "openapi" and "paths"')])
    put('{"swagger": "2.0"}')
    expect(await run(folder)).toEqual([expect.stringContaining('only 3.0 is understood')])
    put('{"openapi": "3.1.0", "paths": {"/birds": {}}}')
    expect(await run(folder)).toEqual([expect.stringContaining('calls itself OpenAPI 3.1.0')])
    put('{"openapi": "3.0.4", "paths": {}}')
    expect(await run(folder)).toEqual([expect.stringContaining('describes no paths')])
  })
})
