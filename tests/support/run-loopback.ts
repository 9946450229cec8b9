import { runLoopback } from '../../src/main/shells/loopback/run-loopback.ts'

/** The loopback shell from its sources, in a process of its own; the page's folder comes in the environment. */
await runLoopback(process.env['TEST_OUT_FOLDER'] ?? '', '0.0.0')
