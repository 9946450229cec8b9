/** What a file is called, as far as its address says; else the address itself. Pure. */
export function fileNameAt(address: string): string {
  const path = address
    .replace(/[?#].*$/, '')
    .split('/')
    .slice(3)
  const last = path.at(-1) ?? ''
  return last === '' ? address : decoded(last)
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
