import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openSqliteStore } from './sqlite-store.ts'
import { storeConformance } from './store.conformance.ts'

const folder = mkdtempSync(join(tmpdir(), 'tuntas-store-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

storeConformance('sqlite', () => openSqliteStore(mkdtempSync(join(folder, 'one-'))))
