import type { ReactNode } from 'react'
import { hiddenHost, readMarkup, type Block, type Inline, type Inlines } from './markup.ts'
import './written-text.css'

/** What somebody wrote, with its markup drawn. Foreign text: its direction is its own. */
export function WrittenText({ text }: { text: string }): ReactNode {
  return <div className="written">{readMarkup(text).map(drawBlock)}</div>
}

function drawBlock(block: Block, key: number): ReactNode {
  switch (block.kind) {
    case 'lines':
      return (
        <p key={key} dir="auto">
          {block.lines.map((line, index) => (
            <span key={index}>
              {index > 0 ? <br /> : null}
              {drawInlines(line)}
            </span>
          ))}
        </p>
      )
    case 'list': {
      const items = block.items.map((item, index) => <li key={index}>{drawInlines(item)}</li>)
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
      return <blockquote key={key}>{block.blocks.map(drawBlock)}</blockquote>
  }
}

function drawInlines(inlines: Inlines): ReactNode {
  return inlines.map(drawInline)
}

function drawInline(inline: Inline, key: number): ReactNode {
  switch (inline.kind) {
    case 'text':
      return inline.text
    case 'code':
      return <code key={key}>{inline.text}</code>
    case 'strong':
      return <strong key={key}>{drawInlines(inline.inside)}</strong>
    case 'em':
      return <em key={key}>{drawInlines(inline.inside)}</em>
    case 'struck':
      return <s key={key}>{drawInlines(inline.inside)}</s>
    case 'link':
      return <OutLink key={key} href={inline.href} inside={inline.inside} />
  }
}

function OutLink({ href, inside }: { href: string; inside: Inlines }): ReactNode {
  const words = inside.map((each) => (each.kind === 'text' ? each.text : '')).join('')
  const host = hiddenHost(href, words)
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" title={href}>
      {drawInlines(inside)}
      {host === null ? null : <span className="link-host"> ({host})</span>}
    </a>
  )
}
