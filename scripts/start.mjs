import './check-node.mjs'
import { makeReady, runApp } from './app.mjs'

const ready = await makeReady()
if (ready === null) process.exitCode = 1
else await runApp(ready, {})
