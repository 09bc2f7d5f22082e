import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Bundled, createBundles } from '../../../server/routes/bundles.ts'
import { createSnapshots } from '../../../server/routes/snapshot.ts'
import type { World } from '../../../server/world.ts'
import { LOAD_DOCS, PAGE_DOCS, type SnapshotPage } from '../../../shared/sync/wire.ts'
import { registered } from '../../../shared/work/register.ts'
import { docsIn } from '../../support/docs.ts'
import { form, type Phone, staffedFloor } from '../floor.ts'

const byId = (a: SnapshotPage['docs'][number], b: SnapshotPage['docs'][number]) => (a.body.id < b.body.id ? -1 : 1)

describe('the first load', () => {
  let all: Awaited<ReturnType<typeof staffedFloor>>
  let desk: Phone
  beforeEach(async () => {
    all = await staffedFloor()
    desk = all.desk
  })
  afterEach(() => all.floor.end())
  const page = async (after: string | null) =>
    (await (await all.phone.call('GET', `/api/snapshot/site:north${after === null ? '' : `?after=${encodeURIComponent(after)}`}`)).json()) as SnapshotPage
  const place = async (from: number, to: number) => {
    for (let i = from; i < to; i += 100)
      await desk.sync(Array.from({ length: Math.min(100, to - i) }, (_, j) => desk.command('PlaceOrder', `o${String(i + j).padStart(4, '0')}`, form(`N-${i + j}`))))
  }

  test('comes page by page, every order once, and what changes meanwhile comes by the cursor', async () => {
    await place(0, 2 * LOAD_DOCS)
    const pages: SnapshotPage[] = []
    for (let after: string | null = null; pages.length < 5; ) {
      const each: SnapshotPage = await page(after)
      pages.push(each)
      if (pages.length === 1) await desk.sync([desk.command('CancelOrder', 'o0000', { reason: 'meanwhile' }), desk.command('PlaceOrder', 'o0000-late', form('N-late'))])
      after = each.next
      if (after === null) break
    }
    const ids = pages.flatMap(({ docs }) => docs.map(({ body }) => body.id))
    expect(ids).toHaveLength(2 * LOAD_DOCS)
    expect(new Set(ids).size).toBe(ids.length)
    expect(new Set(pages.map(({ position }) => position))).toEqual(new Set([2 * LOAD_DOCS]))
    await all.phone.sync()
    all.phone.cursors['site:north'] = 2 * LOAD_DOCS
    const news = (await all.phone.sync()).scopes['site:north']
    expect(news).toMatchObject({ from: 2 * LOAD_DOCS, to: 2 * LOAD_DOCS + 2, more: false })
    expect(news?.ops.map((op) => ('put' in op ? op.put.body.id : 'delta' in op ? op.delta : op))).toEqual(['o0000', 'o0000-late'])
  })

  test('an exactly full page is the last one if there is no more, and a made-up place in it is refused', async () => {
    await place(0, LOAD_DOCS)
    const first = await page(null)
    expect([first.docs.length, first.next]).toEqual([LOAD_DOCS, null])
    const response = await all.phone.call('GET', '/api/snapshot/site:north?after=o0001')
    expect([response.status, await response.json()]).toMatchObject([400, { type: 'malformed', path: 'after' }])
  })

  test('a page holds no more text than one can unpack for a single order, and one doc always', async () => {
    await place(0, 5)
    const scope = 'site:north'
    const sizes = (await docsIn(all.floor.log, scope)).map(({ body }) => JSON.stringify(body).length)
    const two = (sizes[0] ?? 0) + (sizes[1] ?? 0)
    const pageOf = (after: string, size: number) => all.floor.log.read((tx) => tx.docsOfScope(scope, after, { docs: 10, size }))
    const ids = async (after: string, size: number) => {
      const { docs, more } = await pageOf(after, size)
      return [docs.map(({ id }) => id), more]
    }
    expect(await ids('', two)).toEqual([['o0000', 'o0001'], true])
    expect(await ids('', two - 1)).toEqual([['o0000'], true])
    expect(await ids('o0002', 1)).toEqual([['o0003'], true])
    expect(await ids('o0003', 1)).toEqual([['o0004'], false])
    expect(await ids('o0004', 1)).toEqual([[], false])
  })

  test('asked for bundled, closed orders come packed with what they are found by; no other scope is, and no older app', async () => {
    await place(0, 6)
    await desk.sync([desk.command('CancelOrder', 'o0001', { reason: 'changed' }), desk.command('CancelOrder', 'o0004', { reason: 'changed' })])
    const plain = await page(null)
    const bundled = (await (await all.phone.call('GET', '/api/snapshot/site:north?bundled=1')).json()) as SnapshotPage
    const { register, packed = '' } = bundled.closed ?? {}
    const closed = JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString('utf8')) as SnapshotPage['docs']
    expect(register?.ids).toEqual(['o0001', 'o0004'])
    expect(register).toEqual(registered(plain.docs).register)
    expect([...closed, ...bundled.docs].toSorted(byId)).toEqual(plain.docs.toSorted(byId))
    expect({ ...bundled, docs: [], closed: undefined }).toEqual({ ...plain, docs: [] })
    expect(await (await all.phone.call('GET', '/api/snapshot/people:north?bundled=1')).json()).not.toHaveProperty('closed')
  })

  test('what is closed is packed once, until one of it changes or others take its room', async () => {
    await place(0, 6)
    const close = (...ids: string[]) => desk.sync(ids.map((id) => desk.command('CancelOrder', id, { reason: 'changed' })))
    await close('o0001', 'o0004')
    const bundled = createBundles(3000)
    const asked = async (after = '', docs = 9) => bundled((await all.floor.log.read((tx) => tx.docsOfScope('site:north', after, { docs, size: 1e6 }))).docs)
    const idsOf = ({ closed }: Bundled) => (closed ? (JSON.parse(closed.toString('utf8')) as { register: { ids: string[] } }).register.ids : [])
    const first = await asked()
    expect([idsOf(first), first.rest]).toEqual([['o0001', 'o0004'], [0, 2, 3, 5]])
    expect(await asked()).toBe(first)
    await close('o0002')
    const second = await asked()
    expect([idsOf(second), second.rest]).toEqual([['o0001', 'o0002', 'o0004'], [0, 3, 5]])
    expect(await asked()).toBe(second)
    expect((second.closed?.length ?? 0) + ((await asked('', 3)).closed?.length ?? 0)).toBeGreaterThan(3000)
    expect(await asked()).not.toBe(second)
    // What has nothing closed takes room, too.
    const small = createBundles(500)
    const { docs } = await all.floor.log.read((tx) => tx.docsOfScope('site:north', 'o0004', { docs: 1, size: 1e6 }))
    const states = Array.from({ length: 6 }, (_, i) => docs.map((doc) => ({ ...doc, state: `${i}` })))
    const alone = await small(docs)
    expect([alone.closed, await small(docs)]).toEqual([null, alone])
    for (const each of states) await small(each)
    expect(await small(docs)).not.toBe(alone)
  })

  test('a device that joins is awaited: its pages are packed before it asks, again when as much has changed, and whoever asks meanwhile waits for the same', async () => {
    await place(0, LOAD_DOCS + 5)
    await desk.sync([desk.command('CancelOrder', 'o0001', { reason: 'changed' })])
    const bundled = createBundles()
    const packed: Promise<Bundled>[] = []
    const snapshots = createSnapshots({ log: all.floor.log } as World, (docs) => {
      packed.push(bundled(docs), bundled(docs))
      return packed.at(-1) as Promise<Bundled>
    })
    await snapshots.awaits('north')
    const [first, same, second, ...others] = await Promise.all(packed)
    expect(first?.closed).not.toBe(null)
    expect(same).toBe(first)
    expect(second).not.toBe(first)
    expect(others).toHaveLength(1)
    await Promise.all([snapshots.awaits('north'), snapshots.awaits('north')])
    expect(packed).toHaveLength(4)
    await place(LOAD_DOCS + 5, 2 * LOAD_DOCS + 5)
    await Promise.all([snapshots.awaits('north'), snapshots.awaits('north')])
    expect(packed).toHaveLength(4 + 6)
  })

  test('a page of sync that is exactly full says that there is more until there is none', async () => {
    await place(0, 2 * PAGE_DOCS)
    const seen: [number, number, boolean][] = []
    for (let i = 0; i < 5; i++) {
      const each = (await all.phone.sync()).scopes['site:north']
      if (each) seen.push([each.from, each.ops.length, each.more])
      if (each && !each.more && i > 0) break
    }
    expect(seen).toEqual([[0, PAGE_DOCS, true], [PAGE_DOCS, PAGE_DOCS, false]])
  })
})
