/** One line of the log. Facts are codes, counts, hosts and durations: never a secret, never a customer's words. */
export type Log = (event: string, facts?: Readonly<Record<string, string | number | boolean | null>>) => void
