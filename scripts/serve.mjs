import './check-node.mjs'
import { buildIfOld, runLoopback } from './app.mjs'

if (await buildIfOld()) await runLoopback()
else process.exitCode = 1
