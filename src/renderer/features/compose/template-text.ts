import type { TemplateRow } from '../../../shared/contract/contract.ts'

/** A part of a template's words: as approved, or a blank with what fills it. */
export type TemplatePart =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'blank'; readonly key: string; readonly value: string }

type Values = Readonly<Record<string, string>>

/** Approved words taken apart at their blanks `{{key}}`. */
export function partsOf(words: string, values: Values): readonly TemplatePart[] {
  return words.split(/(\{\{\s*[^{}]+?\s*\}\})/).flatMap((text): TemplatePart[] => {
    const key = /^\{\{\s*([^{}]+?)\s*\}\}$/.exec(text)?.[1]
    if (key !== undefined) return [{ kind: 'blank', key, value: (values[key] ?? '').trim() }]
    return text === '' ? [] : [{ kind: 'words', text }]
  })
}

/** How the message will read, header and footer included; a blank not filled yet stays as it stands. */
export function filledText({ header, body, footer }: TemplateRow, values: Values): string {
  return [header, body, footer]
    .filter((words) => words !== null && words !== '')
    .map((words) =>
      partsOf(words ?? '', values)
        .map((part) =>
          part.kind === 'words' ? part.text : part.value === '' ? `{{${part.key}}}` : part.value,
        )
        .join(''),
    )
    .join('\n\n')
}

/** The first blank that still needs something; null when the template can be sent. */
export function openBlank({ blanks }: Pick<TemplateRow, 'blanks'>, values: Values): string | null {
  const open = blanks.find(({ key }) => (values[key] ?? '').trim() === '')
  return open?.key ?? null
}

/** Templates whose name or words hold what is looked for; those that can be sent come first. */
export function findTemplates(templates: readonly TemplateRow[], words: string): readonly TemplateRow[] {
  const what = words.trim().toLocaleLowerCase()
  return templates
    .filter((each) => `${each.name} ${each.body}`.toLocaleLowerCase().includes(what))
    .toSorted((a, b) => Number(a.unusable !== null) - Number(b.unusable !== null))
}
