import Database from 'better-sqlite3'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LogBusy } from '../../../server/log/log.ts'
import { type Floor, openFloor } from '../floor.ts'

const site = (id: string) => ({ id, name: id, zone: 'Asia/Taipei', currency: 'TWD', createdAt: '2026-11-24T08:00:00.000Z' })

describe('writers that share a commit', () => {
  let floor: Floor
  beforeEach(async () => {
    floor = await openFloor()
  })
  afterEach(() => floor.end())
  const names = async () => (await floor.log.read((tx) => tx.sites())).map(({ id }) => id)

  test('the one that throws is undone alone, with all it had written, and the others stand', async () => {
    const outcomes = await Promise.allSettled([
      floor.log.write((tx) => tx.addSite(site('a'))),
      floor.log.write(async (tx) => {
        await tx.addSite(site('b'))
        await tx.addCode({ hash: 'h', purpose: 'enrol', site: 'b', expiresAt: '', usedAt: null })
        throw new Error('second thoughts')
      }),
      floor.log.write((tx) => tx.addSite(site('a'))),
      floor.log.write(async (tx) => {
        expect(await tx.site('b')).toBeNull()
        await tx.addSite(site('c'))
      }),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    expect(outcomes[1]).toMatchObject({ reason: { message: 'second thoughts' } })
    expect(await names()).toEqual(['a', 'c'])
    expect(await floor.log.read((tx) => tx.code('h'))).toBeNull()
  })

  test('nobody is told before the commit, and nobody reads what is not committed', async () => {
    let seen: string[] | null = null
    let told = false
    const first = floor.log.write((tx) => tx.addSite(site('a'))).then(() => {
      told = true
    })
    const second = floor.log.write(async () => {
      seen = await names()
      expect(told).toBe(false)
    })
    await Promise.all([first, second])
    expect(seen).toEqual([])
    expect(await names()).toEqual(['a'])
  })

  test('a commit that fails fails for all who share it, and the next ones write again', async () => {
    const other = new Database(join(floor.folder.path, 'log.sqlite'))
    other.prepare('create table promise (site text references site(id) deferrable initially deferred)').run()
    other.prepare(`create trigger broken after insert on site when new.id = 'b' begin insert into promise values ('nobody'); end`).run()
    const outcomes = await Promise.allSettled(['a', 'b', 'c'].map((id) => floor.log.write((tx) => tx.addSite(site(id)))))
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(await names()).toEqual([])
    await floor.log.write((tx) => tx.addSite(site('d')))
    expect(await names()).toEqual(['d'])
    other.close()
  })

  test('what was accepted before the end is written; who comes later is told to come again', async () => {
    const writes = ['a', 'b', 'c'].map((id) => floor.log.write((tx) => tx.addSite(site(id))))
    const closed = floor.log.close()
    await expect(floor.log.write((tx) => tx.addSite(site('late')))).rejects.toBeInstanceOf(LogBusy)
    await Promise.all([...writes, closed])
    const again = await openFloor(floor.folder)
    expect((await again.log.read((tx) => tx.sites())).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    await again.log.close()
  })

  test('a hundred writers at once are all there afterwards, with gapless numbers', async () => {
    await floor.log.write((tx) => tx.addSite(site('a')))
    await Promise.all(Array.from({ length: 100 }, (_, i) => floor.device('a', `d${i}`)))
    const devices = await floor.log.read((tx) => tx.devices('a'))
    expect(devices.map(({ number }) => number)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
  })
})
