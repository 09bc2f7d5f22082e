/** What waits for which doc, however much waits. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { DeviceDb, type Queued } from '../../client/db.ts'
import { pendingOf } from '../../client/replay.ts'

const idOf = (i: number) => `doc-${String(i).padStart(4, '0')}`

test.for([
  ['a few that are read with their neighbours', 60],
  ['more than are read for their neighbours', 1500],
] as const)('commands are found by doc in the order they were made: %s', async ([, count]) => {
  const db = new DeviceDb('waiting', { indexedDB: new IDBFactory(), IDBKeyRange })
  // Each doc twice, the second time backwards.
  const docs = Array.from({ length: count }, (_, i) => idOf(i))
  await db.outbox.bulkAdd([...docs, ...docs.toReversed()].map((doc) => ({ doc, state: 'waiting' }) as Queued))
  const wanted = docs.filter((_, i) => i % Math.floor(count / 30) === 0)
  const found = await pendingOf(db, [...wanted, 'doc-9999'])
  expect([...found.keys()].sort()).toEqual(wanted)
  for (const [doc, commands] of found) {
    const at = docs.indexOf(doc)
    expect(commands.map(({ n }) => n)).toEqual([at + 1, 2 * count - at])
  }
  db.close()
})
