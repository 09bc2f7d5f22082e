/** How SQLite looks for what a command asks of the docs: by an index each, never through a whole site. */
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Connection, connect } from '../../../server/log/sqlite/connection.ts'
import { docsOnTrip, keepsStock, productsOf } from '../../../server/log/sqlite/docs.ts'
import { openFloor } from '../floor.ts'

let floor: Awaited<ReturnType<typeof openFloor>>
let db: Connection
beforeEach(async () => {
  floor = await openFloor()
  db = connect(join(floor.folder.path, 'log.sqlite'), 'read')
})
afterEach(async () => {
  db.close()
  await floor.end()
})

test.each([
  ['the product of a number', 'doc_of_sku (site=? AND sku=?)', (on: Connection) => productsOf(on, 'north', 'BK-1')],
  ['the orders on a trip', 'doc_on_trip (site=? AND trip=?)', (on: Connection) => docsOnTrip(on, 'north', 't-1')],
  ['whether there is any product', 'doc_of_sku (site=? AND sku>?)', (on: Connection) => keepsStock(on, 'north')],
])('%s is found by %s', (_, index, ask) => {
  const texts: string[] = []
  ask(new Proxy(db, { get: (real, name) => (name === 'prepare' ? (text: string) => texts.push(text) && real.prepare(text) : Reflect.get(real, name)) }))
  const plans = texts.map((text) => {
    const given = Array.from(text.matchAll(/\?/g), () => 'x')
    return (db.prepare(`explain query plan ${text}`).all(...given) as { detail: string }[])[0]?.detail
  })
  expect(plans).toEqual([`SEARCH doc USING INDEX ${index}`])
})
