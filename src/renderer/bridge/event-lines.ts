/** Yields the JSON of each `data:` line of a streamed answer, however the bytes are cut; other lines are heartbeats. */
export async function* readEventLines(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      rest += decoder.decode(value, { stream: true })
      const lines = rest.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (line.startsWith('data:')) yield JSON.parse(line.slice('data:'.length))
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
