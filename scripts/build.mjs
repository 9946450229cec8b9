import './check-node.mjs'
import { build } from './app.mjs'

process.exitCode = (await build()) ? 0 : 1
