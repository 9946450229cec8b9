/**
 * Questions and answers in both directions over a channel that keeps order and copies values by structured clone
 * (a child process started with `serialization: 'advanced'`).
 */
export function duplex<Mine extends Calls, Theirs extends Calls>(
  channel: Channel,
  answers: Answers<Mine>,
): Ask<Theirs> {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let lastId = 0

  channel.listen((packet) => {
    if (packet.kind === 'answer') {
      waiting.get(packet.id)?.resolve(packet.value)
      waiting.delete(packet.id)
    } else if (packet.kind === 'trouble') {
      waiting.get(packet.id)?.reject(new Error(packet.message))
      waiting.delete(packet.id)
    } else {
      void settle(packet.id, packet.name, packet.input)
    }
  })

  async function settle(id: number, name: string, input: unknown): Promise<void> {
    try {
      const answer = answers[name]
      if (answer === undefined) throw new Error(`nobody answers ${name}`)
      channel.send({ kind: 'answer', id, value: await answer(input) })
    } catch (error) {
      channel.send({ kind: 'trouble', id, message: error instanceof Error ? error.message : String(error) })
    }
  }

  channel.onClosed(() => {
    for (const each of waiting.values()) each.reject(new Error('the other side is gone'))
    waiting.clear()
  })

  return (name, input) =>
    new Promise((resolve, reject) => {
      const id = ++lastId
      waiting.set(id, { resolve, reject })
      channel.send({ kind: 'ask', id, name, input })
    })
}

export type Calls = Record<string, { input: unknown; output: unknown }>
export type Answers<C extends Calls> = {
  [N in keyof C & string]: (input: C[N]['input']) => C[N]['output'] | Promise<C[N]['output']>
}
export type Ask<C extends Calls> = <N extends keyof C & string>(
  name: N,
  input: C[N]['input'],
) => Promise<C[N]['output']>

export type Packet =
  | { readonly kind: 'ask'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'trouble'; readonly id: number; readonly message: string }

export interface Channel {
  send(packet: Packet): void
  listen(onPacket: (packet: Packet) => void): void
  onClosed(run: () => void): void
}
