import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore } from './sqlite-store.ts'
import { storeConformance } from './store.conformance.ts'

storeConformance('sqlite', () => openSqliteStore(mkdtempSync(join(tmpdir(), 'tuntas-store-'))))
