import type { Template, TemplateUse } from '../../../shared/domain/reply.ts'
import { asList, asObject, asText, isObject, textOrNull, type Loose } from '../../foreign/read.ts'

/** The messages an inbox's channel approved: WhatsApp's own, or Twilio's (docs/providers/chatwoot.md §1.2). */
export function templatesOf(inbox: Loose): Template[] {
  const whatsapp = asList(inbox['message_templates']).filter(isObject).filter(isApproved)
  const twilio = asList(asObject(inbox['content_templates'])['templates']).filter(isObject).filter(isApproved)
  return [
    ...whatsapp.flatMap((each) => whatsappTemplate(each)),
    ...twilio.flatMap((each) => twilioTemplate(each)),
  ]
}

/**
 * What goes along with a message to send it as a template (§1.5). The key says it all, so that a reply written when
 * the list was last read can still leave after the list changed, and after a start before it is read again.
 */
export function templateParams(use: TemplateUse): TemplateParams {
  const [kind, ...parts] = use.key.split(separator)
  if (kind === 'twilio') {
    const [sid = '', category = ''] = parts
    return {
      name: use.name,
      category,
      language: use.language,
      content_sid: sid,
      processed_params: use.values,
    }
  }
  const [, , namespace = '', category = ''] = parts
  return {
    name: use.name,
    category,
    language: use.language,
    ...(namespace === '' ? {} : { namespace }),
    processed_params: whatsappParams(use.values),
  }
}

export interface TemplateParams {
  readonly name: string
  readonly category: string
  readonly language: string
  readonly namespace?: string
  /** Twilio's own id: several of its templates may have one name. */
  readonly content_sid?: string
  readonly processed_params: WhatsappParams | Readonly<Record<string, string>>
}

export interface WhatsappParams {
  readonly body: Readonly<Record<string, string>>
  readonly header?: Readonly<Record<string, string>>
  /** By their place; null where a button has no blank. */
  readonly buttons?: readonly ({ readonly type: string; readonly parameter: string } | null)[]
}

const separator = '|'
const headerPrefix = 'header.'

function isApproved(template: Loose): boolean {
  return asText(template['status']).toLowerCase() === 'approved'
}

function whatsappTemplate(raw: Loose): Template[] {
  const name = textOrNull(raw['name'])
  if (name === null) return []
  const language = asText(raw['language'])
  const components = asList(raw['components']).filter(isObject)
  const part = (type: string) => components.find((each) => asText(each['type']).toUpperCase() === type)
  const header = textOrNull(part('HEADER')?.['text'])?.replace(anyBlank, `{{${headerPrefix}$1}}`) ?? null
  const body = asText(part('BODY')?.['text']).replace(anyBlank, '{{$1}}')
  const buttons = asList(part('BUTTONS')?.['buttons']).filter(isObject)
  const category = asText(raw['category'])
  return [
    {
      key: ['whatsapp', name, language, asText(raw['namespace']), category].join(separator),
      name,
      language,
      category,
      header,
      body,
      footer: textOrNull(part('FOOTER')?.['text']),
      blanks: [
        ...blanksOf(header ?? ''),
        ...blanksOf(body),
        ...buttons.flatMap((button, at) => buttonBlank(button, at)),
      ],
      unusable: whyUnusable(raw, components, buttons),
    },
  ]
}

/** Blanks are numbered, or named; a text may use one twice. */
const anyBlank = /\{\{\s*([\w.]+)\s*\}\}/g

function blanksOf(text: string): { key: string; kind: 'text' }[] {
  const keys = new Set([...text.matchAll(anyBlank)].map(([, key]) => key ?? ''))
  return [...keys].map((key) => ({ key, kind: 'text' }))
}

/** A button's blank is named after its kind and its place: what it is filled with has to go to that place. */
function buttonBlank(button: Loose, at: number): { key: string; kind: 'text' | 'url' }[] {
  const type = asText(button['type']).toUpperCase()
  if (type === 'URL') return /\{\{/.test(asText(button['url'])) ? [{ key: `url.${at}`, kind: 'url' }] : []
  return type === 'COPY_CODE' ? [{ key: `copy_code.${at}`, kind: 'text' }] : []
}

const plainComponents = ['HEADER', 'BODY', 'FOOTER', 'BUTTONS']
const plainButtons = ['URL', 'QUICK_REPLY', 'PHONE_NUMBER', 'COPY_CODE', 'VOICE_CALL']

/** The provider's own word for what cannot be filled in from here. */
function whyUnusable(raw: Loose, components: readonly Loose[], buttons: readonly Loose[]): string | null {
  const header = components.find((each) => asText(each['type']).toUpperCase() === 'HEADER')
  const format = asText(header?.['format'] ?? 'TEXT').toUpperCase()
  if (format !== 'TEXT') return format.toLowerCase()
  const foreign =
    components
      .map((each) => asText(each['type']).toUpperCase())
      .find((each) => !plainComponents.includes(each)) ??
    buttons.map((each) => asText(each['type']).toUpperCase()).find((each) => !plainButtons.includes(each))
  if (foreign !== undefined) return foreign.toLowerCase()
  return asText(raw['category']).toUpperCase() === 'AUTHENTICATION' ? 'authentication' : null
}

const plainTwilio = ['', 'text', 'quick_reply', 'call_to_action']

function twilioTemplate(raw: Loose): Template[] {
  const sid = textOrNull(raw['content_sid'])
  if (sid === null) return []
  const type = asText(raw['template_type'])
  const body = asText(raw['body']).replace(anyBlank, '{{$1}}')
  const category = asText(raw['category'])
  return [
    {
      key: ['twilio', sid, category].join(separator),
      name: textOrNull(raw['friendly_name']) ?? sid,
      language: textOrNull(raw['language']) ?? 'en',
      category,
      header: null,
      body,
      footer: null,
      blanks: blanksOf(body),
      unusable: plainTwilio.includes(type) ? null : (textOrNull(raw['media_type']) ?? type),
    },
  ]
}

function whatsappParams(values: TemplateUse['values']): WhatsappParams {
  const body: [string, string][] = []
  const header: [string, string][] = []
  const buttons: ({ type: string; parameter: string } | null)[] = []
  for (const [key, value] of Object.entries(values)) {
    const [, type, place] = /^(url|copy_code)\.(\d{1,2})$/.exec(key) ?? []
    if (type !== undefined) {
      while (buttons.length <= Number(place)) buttons.push(null)
      buttons[Number(place)] = { type, parameter: value }
    } else if (key.startsWith(headerPrefix)) header.push([key.slice(headerPrefix.length), value])
    else body.push([key, value])
  }
  return {
    body: Object.fromEntries(body),
    ...(header.length === 0 ? {} : { header: Object.fromEntries(header) }),
    ...(buttons.length === 0 ? {} : { buttons }),
  }
}
