import { describe, expect, it } from 'vitest'
import type { TemplateUse } from '../../../shared/domain/reply.ts'
import { templateParams, templatesOf } from './templates.ts'

const approved = { name: 'lamp_ready', language: 'en', category: 'UTILITY', status: 'APPROVED' }
const body = { type: 'BODY', text: 'Hello {{1}}, order {{2}} is ready, {{1}}.' }

describe('a template of WhatsApp', () => {
  it('has its blanks in the order they are read, each once', () => {
    const [template] = whatsapp({
      components: [
        { type: 'HEADER', format: 'TEXT', text: 'For {{1}}' },
        body,
        { type: 'FOOTER', text: 'Lantern Lamps' },
        {
          type: 'BUTTONS',
          buttons: [
            { type: 'QUICK_REPLY', text: 'Coming' },
            { type: 'URL', text: 'Where', url: 'https://shop.example.com/{{1}}' },
            { type: 'URL', text: 'Home', url: 'https://shop.example.com' },
          ],
        },
      ],
    })
    expect(template).toMatchObject({
      header: 'For {{header.1}}',
      body: 'Hello {{1}}, order {{2}} is ready, {{1}}.',
      footer: 'Lantern Lamps',
      unusable: null,
    })
    expect(template?.blanks).toEqual([
      { key: 'header.1', kind: 'text' },
      { key: '1', kind: 'text' },
      { key: '2', kind: 'text' },
      { key: 'url.1', kind: 'url' },
    ])
  })

  it('may name its blanks', () => {
    const [template] = whatsapp({ components: [{ type: 'BODY', text: 'Hi {{ first_name }}' }] })
    expect(template).toMatchObject({ body: 'Hi {{first_name}}', blanks: [{ key: 'first_name' }] })
  })

  it.each([
    ['image', [{ type: 'HEADER', format: 'IMAGE' }, body]],
    ['document', [{ type: 'HEADER', format: 'DOCUMENT' }, body]],
    ['location', [{ type: 'header', format: 'location' }, body]],
    ['carousel', [body, { type: 'CAROUSEL' }]],
    ['flow', [body, { type: 'BUTTONS', buttons: [{ type: 'FLOW' }] }]],
  ])('with a part of kind %s cannot be sent from here', (unusable, components) => {
    expect(whatsapp({ components })[0]).toMatchObject({ unusable })
  })

  it('that carries a code cannot be sent from here', () => {
    expect(whatsapp({ category: 'AUTHENTICATION', components: [body] })[0]?.unusable).toBe('authentication')
  })

  it.each(['REJECTED', 'PENDING', null, 7])('with the status %s is not offered', (status) => {
    expect(whatsapp({ status, components: [body] })).toEqual([])
  })

  it('sends each value to its part, and a button’s to its place', () => {
    const [template] = whatsapp({ namespace: 'ab_12', components: [body] })
    const values = { 'header.1': 'Ines', '2': 'L-7', '1': 'Ines', 'url.1': 'L-7' }
    expect(templateParams(use(template?.key ?? '', values))).toEqual({
      name: 'lamp_ready',
      category: 'UTILITY',
      language: 'en',
      namespace: 'ab_12',
      processed_params: {
        body: { '1': 'Ines', '2': 'L-7' },
        header: { '1': 'Ines' },
        buttons: [null, { type: 'url', parameter: 'L-7' }],
      },
    })
  })

  it('puts numbered blanks in their order, which is all the server goes by', () => {
    const values = { '10': 'j', '2': 'b', '1': 'a' }
    const { processed_params } = templateParams(use('whatsapp|lamp_ready|en||UTILITY', values))
    expect(JSON.stringify(processed_params)).toBe('{"body":{"1":"a","2":"b","10":"j"}}')
  })

  it('can still be sent after it left the list, and says its category then, too', () => {
    expect(templateParams(use('whatsapp|lamp_ready|en||UTILITY', {}))).toEqual({
      name: 'lamp_ready',
      category: 'UTILITY',
      language: 'en',
      processed_params: { body: {} },
    })
  })

  function whatsapp(given: object) {
    return templatesOf({ message_templates: [{ ...approved, ...given }] })
  }
})

describe('a template of Twilio', () => {
  const wire = {
    content_sid: 'HXtea',
    friendly_name: 'tea_back',
    language: 'en',
    status: 'approved',
    category: 'utility',
    template_type: 'text',
    body: 'Hello {{1}}, the {{2}} tea is back.',
  }

  it('is known by its own id, since names repeat', () => {
    const [template] = twilio({})
    expect(template).toMatchObject({ name: 'tea_back', header: null, footer: null, unusable: null })
    expect(templateParams(use(template?.key ?? '', { '1': 'Mo', '2': 'smoked' }))).toEqual({
      name: 'lamp_ready',
      category: 'utility',
      language: 'en',
      content_sid: 'HXtea',
      processed_params: { '1': 'Mo', '2': 'smoked' },
    })
  })

  it('with a file cannot be sent from here', () => {
    expect(twilio({ template_type: 'media', media_type: 'document' })[0]?.unusable).toBe('document')
    expect(twilio({ template_type: 'catalog', media_type: null })[0]?.unusable).toBe('catalog')
  })

  function twilio(given: object) {
    return templatesOf({ content_templates: { templates: [{ ...wire, ...given }] } })
  }
})

it('reads no templates from what is none', () => {
  for (const raw of [null, 7, 'x', {}, [null, 7, [], { status: 'approved' }]])
    expect(templatesOf({ message_templates: raw, content_templates: raw })).toEqual([])
})

function use(key: string, values: Record<string, string>): TemplateUse {
  return { key, name: 'lamp_ready', language: 'en', values }
}
