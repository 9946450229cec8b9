import type { Template, TemplateUse } from '../../../shared/domain/reply.ts'
import { asList, asObject, asText, isObject, parseJson, textOrNull, type Loose } from '../../foreign/read.ts'

/** The parts of a template, which come as a list or as the text of one (docs/providers/aelyst.md §4.2). */
export function componentsOf(raw: unknown): readonly Loose[] {
  const value = typeof raw === 'string' ? parseJson(new TextEncoder().encode(raw))?.value : raw
  return asList(value).filter(isObject)
}

/** A template of one channel as it can be offered; the key names the channel too, since it is sent there. */
export function templateFrom(raw: Loose, channelKey: string): Template[] {
  const name = textOrNull(raw['name'])
  const language = asText(raw['languageCode'])
  const status = asText(raw['status']).toLowerCase()
  if (name === null || (status !== '' && status !== 'approved')) return []
  const components = componentsOf(raw['components'])
  const part = (type: string) => components.find((each) => typeOf(each) === type)
  const words = (type: string): string | null => textOrNull(part(type)?.['text'])
  const header = words('header')?.replace(anyBlank, '{{header.$1}}') ?? null
  const body = asText(part('body')?.['text']).replace(anyBlank, '{{$1}}')
  const buttons = asList(part('buttons')?.['buttons']).filter(isObject)
  return [
    {
      key: [channelKey, name, language].join(separator),
      name,
      language,
      category: asText(raw['category']),
      header,
      body,
      footer: words('footer'),
      blanks: [...blanksOf(header ?? ''), ...blanksOf(body), ...buttons.flatMap(buttonBlank)],
      unusable: whyUnusable(components, buttons),
    },
  ]
}

/** The channel a template is of, out of its key. */
export function channelOfTemplate({ key }: TemplateUse): string {
  return key.split(separator)[0] ?? ''
}

/**
 * The same template with its blanks filled. What is not filled exactly arrives as an empty bubble
 * (docs/providers/aelyst.md §4.3), so every part goes along as it is, with one parameter for each blank.
 */
export function filledTemplate({ name, language, values }: TemplateUse, raw: Loose | undefined): object {
  const components = componentsOf(raw?.['components']).map((part) => {
    const type = typeOf(part)
    const text = asText(part['text'])
    if (type === 'buttons') return { ...part, type, buttons: filledButtons(part, values) }
    const prefix = type === 'header' ? 'header.' : ''
    const parameters = blanksOf(text).map(({ key }) => ({ type: 'text', text: values[prefix + key] ?? '' }))
    return { ...part, type, ...(parameters.length === 0 ? {} : { parameters }) }
  })
  return { name, languageCode: language, components }
}

export function isTemplate(raw: Loose, { name, language }: TemplateUse): boolean {
  return raw['name'] === name && asText(raw['languageCode']) === language
}

const separator = '|'
const anyBlank = /\{\{\s*([\w.]+)\s*\}\}/g

function typeOf(part: Loose): string {
  return asText(part['type']).toLowerCase()
}

function blanksOf(text: string): { key: string; kind: 'text' }[] {
  const keys = new Set([...text.matchAll(anyBlank)].map(([, key]) => key ?? ''))
  return [...keys].map((key) => ({ key, kind: 'text' }))
}

function buttonBlank(button: Loose, at: number): { key: string; kind: 'text' | 'url' }[] {
  return hasBlank(button) ? [{ key: `url.${at}`, kind: 'url' }] : []
}

function hasBlank(button: Loose): boolean {
  return typeOf(button) === 'url' && /\{\{/.test(asText(button['url']))
}

function filledButtons(part: Loose, values: TemplateUse['values']): object[] {
  return asList(part['buttons'])
    .map(asObject)
    .map((button, at) =>
      hasBlank(button)
        ? { ...button, parameters: [{ type: 'text', text: values[`url.${at}`] ?? '' }] }
        : button,
    )
}

/** The provider's own word for what cannot be filled in from here. */
function whyUnusable(components: readonly Loose[], buttons: readonly Loose[]): string | null {
  const format = asText(components.find((each) => typeOf(each) === 'header')?.['format']).toLowerCase()
  if (format !== '' && format !== 'text') return format
  return buttons.map(typeOf).find((type) => type === 'catalog' || type === 'mpm') ?? null
}
