import path from 'node:path'
import about from '../../package.json' with { type: 'json' }
import { runLoopback } from './shells/loopback/run-loopback.ts'

await runLoopback(path.join(import.meta.dirname, '..'), about.version)
