/**
 * What the log may say of something thrown: its class and the places in our own code. Never the message, which may
 * quote a customer, a header or a secret, nor the folders of this computer, which name its owner.
 */
export function traceOf(error: unknown): { readonly error: string; readonly at: string } {
  try {
    if (!(error instanceof Error)) return { error: error === null ? 'null' : typeof error, at: '' }
    return { error: isPlainName(error.name) ? error.name : 'Error', at: placesIn(error) }
  } catch {
    // Whoever throws may have built what is thrown to throw again when looked at.
    return { error: 'unreadable', at: '' }
  }
}

const mostPlaces = 3

/** A name is set by whoever throws, and so could be a sentence. */
function isPlainName(name: unknown): boolean {
  return typeof name === 'string' && /^\w{1,40}$/.test(name)
}

/** The message stands at the head of the stack and may run over lines that look like places. */
function placesIn({ message, stack = '' }: Error): string {
  const head = stack.indexOf(message)
  const frames = head < 0 ? stack : stack.slice(head + message.length)
  const places = frames.split('\n').flatMap((line) => placeAt.exec(line)?.[1] ?? [])
  return places.slice(0, mostPlaces).join(' ')
}

const placeAt = /^\s+at .*?([\w.-]{1,60}\.[cm]?[jt]sx?:\d+:\d+)\)?$/
