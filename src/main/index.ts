import path from 'node:path'
import { startElectron } from './shells/electron/start-electron.ts'

startElectron(path.join(import.meta.dirname, '..'))
