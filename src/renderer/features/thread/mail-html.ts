import DOMPurify from 'dompurify'
import { hiddenHost, safeHref } from './markup.ts'

/**
 * Makes foreign HTML harmless: a short list of tags, no styles, names, forms, frames or scripts, nothing fetched from
 * anywhere. What remains is text with structure, drawn in our own type. What the mail quotes comes apart.
 */
export function readMail(html: string): ReadMail {
  const purify = DOMPurify(window)
  purify.addHook('uponSanitizeElement', (node) => {
    if (!isElement(node)) return
    if (node.matches(quoteSelectors)) node.setAttribute(quoteMark, '')
    // While the node is still in the parser's own document: in ours, an address alone would be fetched.
    if (node.localName === 'img' && isFarPicture(node)) node.setAttribute(farMark, '')
  })
  const body = purify.sanitize(quiet(html), {
    ALLOWED_TAGS: allowedTags,
    ALLOWED_ATTR: ['href', 'alt', 'colspan', 'rowspan', 'dir', 'start', quoteMark, farMark],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel):/i,
    RETURN_DOM_FRAGMENT: true,
  })
  const remoteImages = takeImages(body)
  flattenHeadings(body)
  for (const link of body.querySelectorAll('a')) showTarget(link)
  const quoted = takeQuoted(body)
  return { body, quoted, remoteImages }
}

export interface ReadMail {
  readonly body: DocumentFragment
  readonly quoted: DocumentFragment | null
  /** Pictures that would have been fetched from elsewhere; invisible trackers are not counted, only dropped. */
  readonly remoteImages: number
}

const allowedTags = [
  ...['a', 'abbr', 'b', 'blockquote', 'br', 'caption', 'code', 'dd', 'del', 'div', 'dl', 'dt', 'em'],
  ...[
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'hr',
    'i',
    'img',
    'ins',
    'li',
    'ol',
    'p',
    'pre',
    'q',
    's',
    'small',
    'span',
  ],
  ...['strike', 'strong', 'sub', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'u', 'ul'],
]

/**
 * Takes out what the page's policy would refuse and complain of while the mail is merely being parsed. For a quiet log
 * only: what is safe to show is decided after this, on the parsed tree.
 */
function quiet(html: string): string {
  const plain = html.replace(/<style\b[\s\S]*?(?:<\/style\s*>|$)/gi, '')
  return plain.replace(/<[a-z][^>]*>/gi, (tag) =>
    tag.replace(/([\s"'/])(?:style|on[a-z]+)\s*=/gi, '$1data-dropped='),
  )
}

const quoteMark = 'data-quoted'
const farMark = 'data-far'
/** How the common mail programs mark what they quote. */
const quoteSelectors =
  '.gmail_quote, .gmail_quote_container, .yahoo_quoted, .moz-cite-prefix, blockquote[type="cite"], #appendonsend, ' +
  '#divRplyFwdMsg, #mail-editor-reference-message-container, .protonmail_quote, .zmail_extra'

function takeImages(body: DocumentFragment): number {
  const remote = body.querySelectorAll(`img[${farMark}]`).length
  for (const image of body.querySelectorAll('img')) {
    const alt = image.getAttribute('alt')?.trim() ?? ''
    image.replaceWith(alt === '' ? '' : `[${alt}]`)
  }
  return remote
}

function isFarPicture(image: Element): boolean {
  const isTracker = ['width', 'height'].some((side) => Number(image.getAttribute(side) ?? Infinity) <= 2)
  return !isTracker && /^\s*(https?:)?\/\//i.test(image.getAttribute('src') ?? '')
}

/** By name, since the parser's own document may have another window's classes. */
function isElement(node: Node): node is Element {
  return node.nodeType === Node.ELEMENT_NODE
}

/** A mail's headings are not headings of our page. */
function flattenHeadings(body: DocumentFragment): void {
  for (const heading of body.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const line = document.createElement('p')
    line.className = 'mail-heading'
    line.append(...heading.childNodes)
    heading.replaceWith(line)
  }
}

function showTarget(link: HTMLAnchorElement): void {
  const href = safeHref(link.getAttribute('href') ?? '')
  if (href === null) {
    link.replaceWith(...link.childNodes)
    return
  }
  link.href = href
  link.target = '_blank'
  link.rel = 'noopener noreferrer'
  link.title = href
  const host = hiddenHost(href, link.textContent)
  if (host === null) return
  const shown = document.createElement('span')
  shown.className = 'link-host'
  shown.textContent = ` (${host})`
  link.append(shown)
}

/** The first marked element and all that follows it: some programs mark only where the quote begins. */
function takeQuoted(body: DocumentFragment): DocumentFragment | null {
  const first = body.querySelector(`[${quoteMark}]`)
  if (first === null) return null
  const quoted = document.createDocumentFragment()
  const following: Node[] = []
  for (let next = first.nextSibling; next !== null; next = next.nextSibling) following.push(next)
  quoted.append(first, ...following)
  for (const marked of [...body.querySelectorAll(`[${quoteMark}]`)]) quoted.append(marked)
  // A mail that is nothing but a quote is shown.
  if (body.textContent.trim() !== '') return quoted
  body.append(quoted)
  return null
}
