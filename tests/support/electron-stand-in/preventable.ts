/** The event object Electron hands to listeners that may say no. */
export function preventable<T extends object>(details: T): T & Preventable {
  let prevented = false
  return Object.defineProperties({ ...details } as T & Preventable, {
    preventDefault: { value: () => (prevented = true) },
    defaultPrevented: { get: () => prevented },
  })
}

export interface Preventable {
  preventDefault(): void
  readonly defaultPrevented: boolean
}
