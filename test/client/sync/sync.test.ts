import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MAX_COMMANDS, LOAD_DOCS } from '../../../shared/sync/wire.ts'
import { form, pick } from '../../server/floor.ts'
import { until } from '../../support/open-phone.ts'
import { badLine, type Crew, isSync, openCrew, overheard, requestIn } from '../crew.ts'

let crew: Crew
beforeEach(async () => {
  crew = await openCrew()
})
afterEach(() => crew.end())

/** A desk with orders in the server's log, and a phone that has them. */
async function work(orders: readonly string[] = ['o1']) {
  const desk = await crew.phone('desk', 'clerk')
  await desk.issue(...orders.map((doc) => ({ type: 'PlaceOrder' as const, doc, payload: form(`N-${doc}`) })))
  await desk.sync()
  return desk
}

describe('the line', () => {
  test('a captive portal is no server: the phone is offline and keeps everything', async () => {
    await work()
    const line = badLine()
    const phone = await crew.phone('phone', 'picker', { between: line.between })
    await phone.sync()
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) })
    const portals = [
      () => new Response('<html>Welcome to the harbour</html>', { status: 200, headers: { 'Content-Type': 'text/html' } }),
      () => new Response('{"login":"please"}', { status: 200, headers: { 'Content-Type': 'application/json' } }),
      () => new Response('<html>Sign in</html>', { status: 401, headers: { 'Content-Type': 'text/html' } }),
      () => new Response('<html>Moved</html>', { status: 409, headers: { 'Content-Type': 'text/html' } }),
    ]
    for (const portal of portals) {
      line.state.forge = portal
      expect(await phone.sync()).toMatchObject({ contact: 'offline', paused: null, outSince: crew.floor.clock.now })
      expect(await phone.db.outbox.count()).toBe(1)
    }
    line.state.forge = null
    expect(await phone.sync()).toMatchObject({ contact: 'online', outSince: null })
    expect(await phone.db.outbox.count()).toBe(0)
  })

  test('what is too large for a proxy on the way goes in halves', async () => {
    await work()
    const sizes: number[] = []
    const phone = await crew.phone('phone', 'picker', {
      between: (fetch) => async (url, init) => {
        const commands = isSync(url) ? (requestIn(init)?.commands.length ?? 0) : 0
        if (commands > 0) sizes.push(commands)
        return commands > 3 ? new Response('<h1>413</h1>', { status: 413, headers: { 'Content-Type': 'text/html' } }) : fetch(url, init)
      },
    })
    await phone.sync()
    await phone.issue(...Array.from({ length: 9 }, (_, i) => ({ type: 'PickLine' as const, doc: 'o1', payload: pick(i + 1) })))
    await phone.sync()
    expect(sizes).toEqual([9, 4, 2, 2, 2, 2, 1])
    expect((await crew.serverOrder('o1')).picks.map((each) => each.quantity)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(await phone.db.outbox.count()).toBe(0)
  })

  test('hundreds of commands go in several requests, in order, and news comes with the last of them', async () => {
    await work()
    const ear = overheard()
    const phone = await crew.phone('phone', 'picker', { between: ear.between })
    await phone.sync()
    await phone.issue(...Array.from({ length: 230 }, () => ({ type: 'PickLine' as const, doc: 'o1', payload: pick(1) })))
    await phone.sync()
    const carried = ear.requests.filter(({ commands }) => commands.length > 0)
    expect(carried.map(({ commands, current }) => [commands.length, current !== ''])).toEqual([[100, false], [100, false], [30, true]])
    expect((await crew.serverOrder('o1')).picks).toHaveLength(230)
    expect((await phone.db.docs.get('o1'))?.doc).toEqual(await crew.serverDoc('o1'))
    expect(ear.replies.flatMap((reply) => Object.values(reply.scopes).flatMap((page) => page.ops.filter((op) => 'put' in op)))).toEqual([])
  })

  test('a server that asks for peace gets it', async () => {
    const line = badLine()
    const phone = await crew.phone('phone', 'picker', { between: line.between })
    line.state.forge = () => new Response('{"type":"busy","title":"","status":503}', { status: 503, headers: { 'Content-Type': 'application/problem+json', 'Retry-After': '20' } })
    phone.device.sync.start()
    await until(() => phone.device.sync.status().nextTryAt !== null)
    const asked = phone.traffic.sent.length
    for (let i = 0; i < 10; i++) {
      phone.device.sync.poke('tap')
      phone.device.sync.poke('visible')
      await phone.turn(1900)
    }
    expect(phone.traffic.sent.length).toBe(asked)
    line.state.forge = null
    await phone.turn(1100)
    await until(() => phone.device.sync.status().contact === 'online' && !phone.device.sync.status().busy)
    expect(phone.traffic.sent.length).toBeGreaterThan(asked)
  })

  test('a newer app than the server understands says so and still sends', async () => {
    await work()
    const line = badLine()
    const phone = await crew.phone('phone', 'picker', { between: line.between })
    await phone.sync()
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) })
    line.state.forge = (url, init) =>
      isSync(url) && requestIn(init)?.current !== ''
        ? new Response('{"type":"update-needed","title":"","status":426}', { status: 426, headers: { 'Content-Type': 'application/problem+json' } })
        : null
    expect(await phone.sync()).toMatchObject({ update: true, contact: 'online' })
    expect((await crew.serverOrder('o1')).picks).toHaveLength(1)
    expect(await phone.db.outbox.toArray()).toMatchObject([{ state: 'answered' }])
    line.state.forge = null
    expect(await phone.sync()).toMatchObject({ update: false })
    expect(await phone.db.outbox.count()).toBe(0)
  })
})

describe('who may read', () => {
  test('when the grant is over, news stops, work still goes, and nothing is lost', async () => {
    const desk = await work()
    const phone = await crew.phone('phone', 'picker')
    await phone.sync()
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) })
    crew.floor.clock.now += 13 * 3_600_000
    expect(await phone.sync()).toMatchObject({ paused: 'no-grant', contact: 'online' })
    expect((await crew.serverOrder('o1')).picks).toHaveLength(1)
    expect((await phone.order('o1'))?.picks).toHaveLength(1)
    expect(await phone.db.outbox.toArray()).toMatchObject([{ state: 'answered', verdict: { verdict: 'accepted' } }])
    await crew.hand(desk, 'clerk')
    await desk.issue({ type: 'PickLine', doc: 'o1', payload: pick(3) })
    await desk.sync()
    await crew.hand(phone, 'picker')
    expect(await phone.sync()).toMatchObject({ paused: null })
    expect(await phone.db.outbox.count()).toBe(0)
    expect((await phone.order('o1'))?.picks.map((each) => each.quantity)).toEqual([2, 3])
  })

  test('a revoked phone sends all it has: what it did before counts, what it did after lies with the supervisor and is shown so', async () => {
    await work()
    const phone = await crew.phone('phone', 'picker')
    await phone.sync()
    // More than one request carries.
    await phone.issue(...Array.from({ length: MAX_COMMANDS + 2 }, () => ({ type: 'PickLine' as const, doc: 'o1', payload: pick(1) })))
    crew.floor.clock.now += 1000
    await crew.floor.log.write((tx) => tx.saveDevice('phone', { revokedAt: new Date(crew.floor.clock.now).toISOString() }))
    const [late = ''] = await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) })
    await phone.sync()
    expect(await phone.sync()).toMatchObject({ paused: 'device-revoked', contact: 'online' })
    expect((await crew.serverOrder('o1')).picks).toHaveLength(MAX_COMMANDS + 2)
    expect(await phone.db.outbox.where('state').equals('waiting').count()).toBe(0)
    expect(await phone.db.attention.toArray()).toMatchObject([{ id: late, verdict: { verdict: 'quarantined', reason: { type: 'revoked-device' } } }])
    expect(await phone.order('o1')).not.toBeNull()
    expect(await crew.floor.log.read((tx) => tx.quarantined('north', 10))).toHaveLength(1)
  })

  test('whoever takes over a shared phone sends what the first left, and sees only what is theirs', async () => {
    const desk = await work(['o1', 'o2'])
    await desk.issue({ type: 'PutOnTrip', doc: 'o2', payload: { id: 't', number: 't', driver: 'driver', driverName: 'driver', vehicle: '', stop: 1 } })
    await desk.sync()
    const phone = await crew.phone('phone', 'picker')
    await phone.sync()
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) })
    await phone.device.people.lock()
    await crew.hand(phone, 'driver')
    await phone.sync()
    expect((await crew.serverOrder('o1')).picks).toHaveLength(1)
    expect((await phone.db.docs.where('lists').startsWith('all|').toArray()).map((row) => row.id)).toEqual(['o2'])
    expect(await phone.db.read('counts')).toMatchObject({ all: 1 })
    await phone.sync()
    expect(await phone.db.outbox.count()).toBe(0)
    await crew.hand(phone, 'picker')
    await phone.sync()
    expect(await phone.db.read('counts')).toMatchObject({ all: 2 })
    expect((await phone.db.docs.get('o2'))?.scope).toBe('site:north')
  })
})

describe('the first load', () => {
  test('that is cut in the middle goes on where it was', async () => {
    const ids = Array.from({ length: 2 * LOAD_DOCS + 10 }, (_, i) => `p${String(i).padStart(3, '0')}`)
    const desk = await work(ids)
    const line = badLine()
    const phone = await crew.phone('phone', 'picker', { between: line.between })
    let pages = 0
    line.state.forge = (url) => {
      if (!url.includes('/api/snapshot/site')) return null
      pages += 1
      if (pages > 1) throw new TypeError('Failed to fetch')
      return null
    }
    await phone.sync()
    expect(await phone.db.docs.where('scope').equals('site:north').count()).toBe(LOAD_DOCS)
    await desk.issue({ type: 'PickLine', doc: 'p000', payload: pick(1) }, { type: 'PlaceOrder', doc: 'a', payload: form('late') })
    await desk.sync()
    line.state.forge = null
    await phone.reload()
    const asked = phone.traffic.sent.filter((each) => each.path.includes('/api/snapshot/site')).length
    await phone.sync()
    expect(phone.traffic.sent.filter((each) => each.path.includes('/api/snapshot/site')).length - asked).toBe(2)
    expect(await phone.db.docs.where('scope').equals('site:north').count()).toBe(ids.length + 1)
    expect((await phone.order('p000'))?.picks).toHaveLength(1)
    expect(await phone.db.read('counts')).toMatchObject({ all: ids.length + 1 })
  })

  test('lets work go first', async () => {
    const ids = Array.from({ length: LOAD_DOCS + 10 }, (_, i) => `p${String(i).padStart(3, '0')}`)
    await work(ids)
    let tapped = false
    const phone = await crew.phone('phone', 'clerk', {
      between: (fetch) => async (url, init) => {
        if (url.includes('/api/snapshot/site') && !tapped) {
          tapped = true
          await phone.issue({ type: 'PlaceOrder', doc: 'mine', payload: form('mine') })
        }
        return fetch(url, init)
      },
    })
    await phone.sync()
    const paths = phone.traffic.sent.map((each) => (isSync(each.path) ? 'sync' : 'page'))
    expect(paths).toEqual(['sync', 'page', 'page', 'page', 'sync', 'page', 'sync'])
    expect(await phone.db.docs.where('scope').equals('site:north').count()).toBe(ids.length + 1)
    expect(await phone.db.outbox.count()).toBe(0)
  })
})

describe('the stream', () => {
  test('brings a small change without a round trip, and answers nothing twice', async () => {
    const desk = await work()
    const phone = await crew.phone('phone', 'picker')
    phone.device.sync.start()
    const streams = () => phone.traffic.sent.filter((each) => each.path === '/api/stream')
    await until(() => streams().length === 1 && (streams()[0]?.down ?? 0) > 0)
    const rounds = phone.traffic.sent.length
    await desk.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) })
    await desk.sync()
    await until(async () => (await phone.order('o1'))?.picks.length === 1)
    expect(phone.traffic.sent.length).toBe(rounds)
    expect((await phone.db.docs.get('o1'))?.doc).toEqual(await crew.serverDoc('o1'))

    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(3) })
    await phone.turn(1000)
    await until(async () => (await phone.db.outbox.count()) === 0)
    expect((await phone.db.docs.get('o1'))?.doc).toEqual(await crew.serverDoc('o1'))
    expect(phone.traffic.sent.length).toBe(rounds + 1)
  })

  test('that ends is opened again, and what was missed comes', async () => {
    const desk = await work()
    const phone = await crew.phone('phone', 'picker')
    phone.device.sync.start()
    const streams = () => phone.traffic.sent.filter((each) => each.path === '/api/stream')
    await until(() => (streams()[0]?.down ?? 0) > 0)
    await until(() => !phone.device.sync.status().busy)
    phone.line.up = false
    await phone.turn(60_000)
    await desk.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) })
    await desk.sync()
    phone.line.up = true
    await phone.turn(10_000)
    await until(async () => (await phone.order('o1'))?.picks.length === 1)
    await until(() => streams().length === 2)
  })

  test('that ends as soon as it is opened is opened again, later each time', async () => {
    const desk = await work()
    let opened = 0
    const phone = await crew.phone('phone', 'picker', {
      between: (fetch) => async (url, init) => {
        if (!url.endsWith('/api/stream')) return fetch(url, init)
        opened += 1
        return opened < 4 ? new Response('', { headers: { 'Content-Type': 'text/event-stream' } }) : fetch(url, init)
      },
    })
    phone.device.sync.start()
    await until(() => opened === 1 && !phone.device.sync.status().busy)
    for (const [pause, times] of [[1900, 1], [200, 2], [3900, 2], [200, 3], [7900, 3], [200, 4]] as const) {
      await phone.turn(pause)
      await until(() => !phone.device.sync.status().busy)
      expect(opened).toBe(times)
    }
    await until(() => phone.traffic.sent.some((each) => each.path === '/api/stream' && each.down > 0))
    await desk.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) })
    await desk.sync()
    await until(async () => (await phone.order('o1'))?.picks.length === 1)
  })

  test('is one tab’s, and the next one’s as soon as that is closed', async () => {
    const desk = await work()
    const phone = await crew.phone('phone', 'picker')
    const streams = () => phone.traffic.sent.filter((each) => each.path === '/api/stream')
    const tabs = [phone.tab(), phone.tab()]
    for (const tab of tabs) {
      tab.sync.start()
      await until(() => tab.sync.status().contact === 'online' && !tab.sync.status().busy)
    }
    await until(() => (streams()[0]?.down ?? 0) > 0)
    expect(streams()).toHaveLength(1)
    await tabs[0]?.close()
    await until(() => streams().length === 2 && (streams()[1]?.down ?? 0) > 0)
    await desk.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) })
    await desk.sync()
    await until(async () => (await phone.order('o1'))?.picks.length === 1)
  })
})
