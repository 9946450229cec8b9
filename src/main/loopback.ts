import path from 'node:path'
import { version } from '../../package.json'
import { runLoopback } from './shells/loopback/run-loopback.ts'

await runLoopback(path.join(import.meta.dirname, '..'), version)
