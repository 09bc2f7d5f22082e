import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterEach, expect, test } from 'vitest'
import { DeviceDb } from '../../client/db.ts'

/** Opens nothing as often as this. */
class Unwilling extends IDBFactory {
  left = 0
  override open(name: string, version?: number): IDBOpenDBRequest {
    this.left -= 1
    if (this.left >= 0) throw new DOMException('the storage is away', 'AbortError')
    return super.open(name, version)
  }
}
const storage = new Unwilling()
const db = new DeviceDb('kept', { indexedDB: storage, IDBKeyRange })
const pauses: { ms: number; over(): void }[] = []
let reopened = 0
db.keepOpen((ms) => new Promise((over) => pauses.push({ ms, over })), () => (reopened += 1))
/** The browser closes the connection. */
const drop = () => db.backendDB().onclose?.(new Event('close'))
const nextPause = () => expect.poll(() => pauses.length).toBeGreaterThan(0).then(() => pauses.shift())

afterEach(() => {
  pauses.length = 0
  reopened = 0
})

test('tables that the browser closed are opened again as often as it takes, later and later', async () => {
  await db.put('epoch', 'one')
  storage.left = 3
  drop()
  await expect(db.read('epoch')).rejects.toThrow()
  for (const ms of [100, 200]) {
    const pause = await nextPause()
    expect(pause?.ms).toBe(ms)
    pause?.over()
  }
  expect(reopened).toBe(0)
  ;(await nextPause())?.over()
  await expect.poll(() => reopened).toBe(1)
  expect(await db.read('epoch')).toBe('one')
})

test('an attempt can be made at once, by whom it matters to', async () => {
  storage.left = 1
  drop()
  await expect(db.read('epoch')).rejects.toThrow()
  await db.opened()
  expect(await db.read('epoch')).toBe('one')
  ;(await nextPause())?.over()
  await expect.poll(() => reopened).toBe(1)
})

test('what is closed on purpose stays closed', async () => {
  db.close()
  ;(await nextPause())?.over()
  await db.opened()
  expect([db.isOpen(), reopened]).toEqual([false, 0])
})
