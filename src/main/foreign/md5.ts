/**
 * The MD5 of these bytes (RFC 1321), as file stores want it beside an upload to notice a broken one. It guards nothing
 * else. Written out because the engine's side knows no Node, and the web's own digests leave it out.
 */
export function md5(bytes: Uint8Array): Uint8Array {
  const padded = pad(bytes)
  const view = new DataView(padded.buffer)
  let state: State = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]
  for (let at = 0; at < padded.length; at += 64) state = added(state, mixed(state, view, at))
  const digest = new DataView(new ArrayBuffer(16))
  state.forEach((word, index) => digest.setUint32(index * 4, word, true))
  return new Uint8Array(digest.buffer)
}

type State = readonly [a: number, b: number, c: number, d: number]

/** One bit, zeros, and the length in bits, up to a whole number of blocks. */
function pad(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) * 64)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, (bytes.length << 3) >>> 0, true)
  view.setUint32(padded.length - 4, Math.floor(bytes.length / 0x20000000), true)
  return padded
}

function mixed(state: State, view: DataView, at: number): State {
  let [a, b, c, d] = state
  for (let step = 0; step < 64; step++) {
    const choice =
      step < 16 ? (b & c) | (~b & d) : step < 32 ? (d & b) | (~d & c) : step < 48 ? b ^ c ^ d : c ^ (b | ~d)
    const word = view.getInt32(at + (offsets[step] ?? 0), true)
    const sum = (a + choice + word + (constants[step] ?? 0)) | 0
    const turn = turns[step] ?? 0
    a = d
    d = c
    c = b
    b = (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0
  }
  return [a, b, c, d]
}

/** Which word of a block each step takes, as an offset in bytes; how far it turns; what it adds, from the sine. */
const offsets = Uint8Array.from({ length: 64 }, (_, step) => {
  const index = [step, 5 * step + 1, 3 * step + 5, 7 * step][step >> 4] ?? 0
  return (index & 15) * 4
})
const turnsOfRounds = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
]
const turns = Uint8Array.from({ length: 64 }, (_, step) => turnsOfRounds[step >> 4]?.[step & 3] ?? 0)
const constants = Int32Array.from({ length: 64 }, (_, step) =>
  Math.floor(Math.abs(Math.sin(step + 1)) * 0x100000000),
)

function added(a: State, b: State): State {
  return [(a[0] + b[0]) | 0, (a[1] + b[1]) | 0, (a[2] + b[2]) | 0, (a[3] + b[3]) | 0]
}
