import { reseal, sealedTables } from '../seals.ts'
import type { Database } from '../sqlite-database.ts'
import { numberIn } from '../row-values.ts'

/**
 * Every row carries a checksum; those there are get theirs now. Accounts lie twice on the disk, in the table and in an
 * index, as all else hangs on them. What was sent is found by when, so that letting it go looks at nothing else.
 */
export function desk3(database: Database): void {
  database.exec(`
    ALTER TABLE account ADD COLUMN seal TEXT NOT NULL DEFAULT '';
    ALTER TABLE setting ADD COLUMN seal TEXT NOT NULL DEFAULT '';
    ALTER TABLE mark ADD COLUMN seal TEXT NOT NULL DEFAULT '';
    ALTER TABLE draft ADD COLUMN seal TEXT NOT NULL DEFAULT '';
    ALTER TABLE outbox ADD COLUMN order_seal TEXT NOT NULL DEFAULT '';
    ALTER TABLE outbox ADD COLUMN state_seal TEXT NOT NULL DEFAULT '';
    ALTER TABLE file ADD COLUMN seal TEXT NOT NULL DEFAULT '';
    ALTER TABLE piece ADD COLUMN seal TEXT NOT NULL DEFAULT '';
    CREATE INDEX account_twice ON account (id, added_at, json, seal);
    DROP INDEX outbox_account;
    CREATE INDEX outbox_account ON outbox (account_id, place) WHERE state <> 'sent';
    CREATE INDEX outbox_sent ON outbox (state_json ->> '$.at') WHERE state = 'sent';
  `)
  // Row by row, as pieces of files are large.
  for (const table of sealedTables)
    for (const row of database.all(`SELECT rowid AS at FROM ${table}`))
      reseal(database, table, numberIn(row, 'at'))
}
