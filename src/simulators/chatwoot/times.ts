/** Chatwoot's three ways to tell a time; which stands where is the business of the shapes. */
export function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}

export function secondsOrZero(ms: number | null): number {
  return ms === null ? 0 : seconds(ms)
}

export function iso(ms: number): string {
  return new Date(ms).toISOString()
}

export function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms)
}
