const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** A file's size as people write it: `312 kB`, `4.2 MB`. */
export function fileSize(bytes: number): string {
  let amount = bytes
  let step = 0
  while (amount >= 1000 && step < units.length - 1) {
    amount /= 1000
    step += 1
  }
  const unit = units[step] ?? 'byte'
  return new Intl.NumberFormat('en', {
    style: 'unit',
    unit,
    unitDisplay: unit === 'byte' ? 'long' : 'short',
    maximumFractionDigits: amount < 10 && step > 0 ? 1 : 0,
  }).format(amount)
}
