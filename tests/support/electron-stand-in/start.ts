import { registerHooks } from 'node:module'
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { becomeReady } from './app.ts'
import { violate } from './link.ts'

/**
 * Runs a built main bundle the way Electron's binary would: `node start.ts <bundle> [arguments]`. `electron` resolves
 * to the stand-in, the process looks like a main process, and `ready` comes once the bundle is loaded.
 */
const [, , bundle = '', ...args] = process.argv
const appFolder = resolve(dirname(bundle), '..', '..')
process.argv.splice(0, process.argv.length, process.execPath, appFolder, ...args)

const resourcesPath = resolve(appFolder, 'node_modules/electron/dist/resources')
Object.defineProperties(process, {
  type: { value: 'browser' },
  resourcesPath: { value: resourcesPath },
  defaultApp: { value: true },
})
Object.defineProperties(process.versions, { electron: { value: '45.4.1' }, chrome: { value: '156.0.0.0' } })

const standIn = new URL('./electron.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === 'electron' || specifier === 'electron/main') return { url: standIn, shortCircuit: true }
    return next(specifier, context)
  },
})

process.on('unhandledRejection', (error) => {
  violate(
    `unhandled rejection in the main process: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  )
})
await import(pathToFileURL(resolve(bundle)).href)
becomeReady()
