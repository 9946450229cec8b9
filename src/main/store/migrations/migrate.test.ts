import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { databaseOver, type Database } from '../sqlite-database.ts'
import { migrate } from './migrate.ts'

const notes = 'CREATE TABLE note (text TEXT NOT NULL) STRICT'
const stars =
  "ALTER TABLE note ADD COLUMN stars INTEGER NOT NULL DEFAULT 0; UPDATE note SET stars = 1 WHERE text = 'kept'"

it('brings an empty database through every step', () => {
  const database = inMemory()
  migrate(database, [notes, stars])
  database.run("INSERT INTO note (text) VALUES ('new')")
  expect(database.all('SELECT * FROM note').map((row) => ({ ...row }))).toEqual([{ text: 'new', stars: 0 }])
  expect(versionOf(database)).toBe(2)
})

it('takes the steps that are missing and keeps what is there', () => {
  const database = inMemory()
  migrate(database, [notes])
  database.run("INSERT INTO note (text) VALUES ('kept')")
  migrate(database, [notes, stars])
  migrate(database, [notes, stars])
  expect(database.all('SELECT * FROM note').map((row) => ({ ...row }))).toEqual([{ text: 'kept', stars: 1 }])
})

it('leaves a database as it was when a step fails half-way', () => {
  const database = inMemory()
  migrate(database, [notes])
  const broken = 'ALTER TABLE note ADD COLUMN stars INTEGER; SELECT nonsense'
  expect(() => migrate(database, [notes, broken])).toThrow(/nonsense/)
  expect(database.all('SELECT name FROM pragma_table_info(?)', 'note').map((row) => row['name'])).toEqual([
    'text',
  ])
  expect(versionOf(database)).toBe(1)
  migrate(database, [notes, stars])
  expect(versionOf(database)).toBe(2)
})

it('refuses a database from the future and names it', () => {
  const database = inMemory()
  migrate(database, [notes, stars])
  expect(() => migrate(database, [notes])).toThrow(/memory was written by a newer Tuntas/)
})

function inMemory(): Database {
  return databaseOver(new DatabaseSync(':memory:'), 'memory')
}

function versionOf(database: Database): unknown {
  return database.get('PRAGMA user_version')?.['user_version']
}
