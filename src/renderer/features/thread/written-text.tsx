import type { ReactNode } from 'react'
import { calledNames } from './called-names.ts'
import { hiddenHost, readMarkup, type Block, type Inline, type Inlines } from './markup.ts'
import './written-text.css'

/** What somebody wrote, with its markup drawn and the `names` it calls made visible. Its direction is its own. */
export function WrittenText({ text, names = none }: { text: string; names?: readonly string[] }): ReactNode {
  return <div className="written">{readMarkup(text).map((block, key) => drawBlock(block, key, names))}</div>
}

type Names = readonly string[]
const none: Names = []

function drawBlock(block: Block, key: number, names: Names): ReactNode {
  switch (block.kind) {
    case 'lines':
      return (
        <p key={key} dir="auto">
          {block.lines.map((line, index) => (
            <span key={index}>
              {index > 0 ? <br /> : null}
              {drawInlines(line, names)}
            </span>
          ))}
        </p>
      )
    case 'list': {
      const items = block.items.map((item, index) => <li key={index}>{drawInlines(item, names)}</li>)
      if (block.start === null) return <ul key={key} dir="auto" children={items} />
      return <ol key={key} dir="auto" start={block.start} children={items} />
    }
    case 'code':
      return (
        <pre key={key} dir="ltr" tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      )
    case 'quote':
      return (
        <blockquote key={key}>{block.blocks.map((each, index) => drawBlock(each, index, names))}</blockquote>
      )
  }
}

function drawInlines(inlines: Inlines, names: Names): ReactNode {
  return inlines.map((inline, key) => drawInline(inline, key, names))
}

function drawInline(inline: Inline, key: number, names: Names): ReactNode {
  switch (inline.kind) {
    case 'text':
      return calledNames(inline.text, names).map((each, index) =>
        each.isName ? <Called key={`${String(key)} ${String(index)}`} name={each.text} /> : each.text,
      )
    case 'called':
      return <Called key={key} name={inline.text} />
    case 'code':
      return <code key={key}>{inline.text}</code>
    case 'strong':
      return <strong key={key}>{drawInlines(inline.inside, names)}</strong>
    case 'em':
      return <em key={key}>{drawInlines(inline.inside, names)}</em>
    case 'struck':
      return <s key={key}>{drawInlines(inline.inside, names)}</s>
    case 'link':
      return <OutLink key={key} href={inline.href} inside={inline.inside} />
  }
}

function Called({ name }: { name: string }): ReactNode {
  return <bdi className="called">{name}</bdi>
}

function OutLink({ href, inside }: { href: string; inside: Inlines }): ReactNode {
  const words = inside.map((each) => (each.kind === 'text' ? each.text : '')).join('')
  const host = hiddenHost(href, words)
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" title={href}>
      {drawInlines(inside, none)}
      {host === null ? null : <span className="link-host"> ({host})</span>}
    </a>
  )
}
