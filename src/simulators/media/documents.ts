/** A small playable recording: a voice-like hum in syllables, 16 bit mono WAV. */
export function hummedWav(syllables: readonly number[]): Uint8Array {
  const samplesPerSecond = 8000
  const perSyllable = 2400
  const samples = Buffer.alloc(syllables.length * perSyllable * 2)
  for (const [index, pitch] of syllables.entries()) {
    for (let n = 0; n < perSyllable; n += 1) {
      const swell = Math.sin((n / perSyllable) * Math.PI) ** 1.5
      const turn = (2 * Math.PI * n) / samplesPerSecond
      const wave =
        Math.sin(turn * pitch) + 0.5 * Math.sin(turn * pitch * 2) + 0.25 * Math.sin(turn * pitch * 3)
      samples.writeInt16LE(Math.round(wave * swell * 9000), (index * perSyllable + n) * 2)
    }
  }
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + samples.length, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(samplesPerSecond, 24)
  head.writeUInt32LE(samplesPerSecond * 2, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(samples.length, 40)
  return Buffer.concat([head, samples])
}

/** A one-page PDF that says these lines. */
export function pagePdf(lines: readonly string[]): Uint8Array {
  const shown = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`).join('\n')
  const stream = `BT /F1 13 Tf 60 770 Td 20 TL\n${shown}\nET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${Buffer.byteLength(stream, 'latin1')} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let text = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const offset = Buffer.byteLength(text, 'latin1')
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const start = Buffer.byteLength(text, 'latin1')
  const count = objects.length + 1
  text += `xref\n0 ${count}\n0000000000 65535 f \n${table}`
  text += `trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}
