import { connect } from 'node:net'

/**
 * Makes a session bus look like a desktop that shows tray icons: owns the name such a desktop owns, and nothing more.
 * Speaks just enough of the D-Bus wire protocol for that (sign in, Hello, RequestName).
 */
export async function showTrayIcons(busAddress: string): Promise<TrayHost> {
  const path = /^unix:path=([^,]+)/.exec(busAddress)?.[1] ?? /^unix:abstract=([^,]+)/.exec(busAddress)?.[1]
  if (path === undefined) throw new Error(`not a bus address: ${busAddress}`)
  const socket = connect(busAddress.startsWith('unix:abstract') ? `\0${path}` : path)
  const user = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')
  socket.write(`\0AUTH EXTERNAL ${user}\r\n`)
  await heard(socket, (bytes) => bytes.includes('OK '))
  socket.write('BEGIN\r\n')
  socket.write(call(1, 'Hello', Buffer.alloc(0), ''))
  socket.write(
    call(2, 'RequestName', Buffer.concat([text(watcher), uint32(0, 4 + watcher.length + 1)]), 'su'),
  )
  // The bus tells the new owner of a name that it has it.
  await heard(socket, (bytes) => bytes.includes('NameAcquired') && bytes.includes(watcher))
  return {
    close: () => {
      socket.destroy()
      return Promise.resolve()
    },
  }
}

export interface TrayHost {
  close(): Promise<void>
}

const watcher = 'org.kde.StatusNotifierWatcher'
const bus = 'org.freedesktop.DBus'

function heard(socket: ReturnType<typeof connect>, isIt: (bytes: Buffer) => boolean): Promise<void> {
  let all = Buffer.alloc(0)
  return new Promise((resolve, reject) => {
    const listen = (bytes: Buffer): void => {
      all = Buffer.concat([all, bytes])
      if (!isIt(all)) return
      socket.off('data', listen)
      resolve()
    }
    socket.on('data', listen)
    socket.once('error', reject)
    socket.once('close', () => reject(new Error(`the bus hung up: ${all.toString('latin1')}`)))
  })
}

/** One method call to the bus itself: little-endian, its header fields, padded to eight, then the body. */
function call(serial: number, member: string, body: Buffer, signature: string): Buffer {
  const fields = [
    field(1, 'o', text('/org/freedesktop/DBus')),
    field(2, 's', text(bus)),
    field(3, 's', text(member)),
    field(6, 's', text(bus)),
  ]
  if (signature !== '')
    fields.push(
      field(8, 'g', Buffer.concat([Buffer.from([signature.length]), Buffer.from(`${signature}\0`)])),
    )
  const joined = fields.reduce((all, each) => Buffer.concat([padded(all), each]), Buffer.alloc(0))
  const head = Buffer.alloc(16)
  head.write('l')
  head.set([1, 0, 1], 1)
  head.writeUInt32LE(body.length, 4)
  head.writeUInt32LE(serial, 8)
  head.writeUInt32LE(joined.length, 12)
  return Buffer.concat([padded(Buffer.concat([head, joined])), body])
}

function field(code: number, type: string, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([code, 1, type.charCodeAt(0), 0]), value])
}

function text(value: string): Buffer {
  return Buffer.concat([uint32(value.length, 0), Buffer.from(`${value}\0`)])
}

/** Aligned to four bytes after what stands before it. */
function uint32(value: number, after: number): Buffer {
  const bytes = Buffer.alloc(((4 - (after % 4)) % 4) + 4)
  bytes.writeUInt32LE(value, bytes.length - 4)
  return bytes
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8)])
}
