import type { AppCalls, HostCalls } from './calls.ts'
import { duplex, type Answers, type Packet } from './duplex.ts'

/** The app's end of the line to the page host. Modules add what they answer; whoever holds the test hears the rest. */
const answers: Partial<Answers<AppCalls>> = {}

export const askHost = duplex<AppCalls, HostCalls>(
  {
    send: (packet) => {
      if (process.connected) process.send?.(packet)
    },
    listen: (onPacket) => process.on('message', (packet) => onPacket(packet as Packet)),
    onClosed: (run) => process.on('disconnect', run),
  },
  answers as Answers<AppCalls>,
)

export function answerHost<N extends keyof AppCalls>(name: N, answer: Answers<AppCalls>[N]): void {
  answers[name] = answer
}

/** Tells the host without waiting; it may be gone already when the app quits. */
export function tellHost<N extends keyof HostCalls>(name: N, input: HostCalls[N]['input']): void {
  askHost(name, input).catch(() => undefined)
}

/** Something Electron would swallow in silence. The spec that caused it fails, and so does the call. */
export function violate(text: string): never | void {
  tellHost('violation', { text })
}

/** Refuses what Electron refuses, and tells the spec about it: the app may catch the error. */
export function refuse(text: string): never {
  violate(text)
  throw new TypeError(text)
}
