import Database from 'better-sqlite3'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Floor, openFloor } from '../floor.ts'

describe('the health door', () => {
  let floor: Floor
  beforeEach(async () => {
    floor = await openFloor()
  })
  afterEach(() => floor.end())
  const file = () => join(floor.folder.path, 'log.sqlite')

  test('says yes after something was really written', async () => {
    await floor.call('GET', '/healthz')
    const before = statSync(`${file()}-wal`).size
    const response = await floor.call('GET', '/healthz')
    expect([response.status, await response.json(), response.headers.get('Cache-Control')]).toEqual([200, { ok: true }, 'no-store'])
    expect(statSync(`${file()}-wal`).size).toBeGreaterThan(before)
  })

  test('says no when the disk takes nothing, and yes again when it does', async () => {
    const epoch = await floor.log.read((tx) => tx.epoch())
    const disk = new Database(file())
    disk.prepare(`create trigger full before update on instance begin select raise(abort, 'disk full'); end`).run()
    const response = await floor.call('GET', '/healthz', { headers: { 'Accept-Language': 'en' } })
    expect([response.status, response.headers.get('Content-Type'), await response.json()]).toMatchObject([503, 'application/problem+json', { type: 'cannot-write', title: 'The server can’t record' }])
    expect(floor.faults).toHaveLength(1)
    disk.prepare('drop trigger full').run()
    disk.close()
    expect((await floor.call('GET', '/healthz')).status).toBe(200)
    expect(await floor.log.read((tx) => tx.epoch())).toBe(epoch)
  })
})
