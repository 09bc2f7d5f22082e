import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checksum } from '../../../shared/sync/checksum.ts'
import { PAGE_DOCS } from '../../../shared/sync/wire.ts'
import { form, pick, trip } from '../../server/floor.ts'
import { until } from '../../support/open-phone.ts'
import { badLine, type Crew, openCrew, overheard } from '../crew.ts'

let crew: Crew
beforeEach(async () => {
  crew = await openCrew()
})
afterEach(() => crew.end())

/** Orders that are in the server's log already. */
async function placed(...ids: string[]) {
  const desk = await crew.phone(`desk-${ids[0]}`, 'clerk')
  for (const id of ids) {
    await desk.issue({ type: 'PlaceOrder', doc: id, payload: form(`N-${id}`, { clauses: 'Keep dry. '.repeat(150) }) })
    await desk.issue({ type: 'SignGate', doc: id, payload: { gate: 'confirmation', note: '' }, signed: true })
  }
  await desk.sync()
  return desk
}

describe('verdicts', () => {
  test('a request that the server refuses goes to attention, and the screen returns to what the server has', async () => {
    const desk = await placed('o1')
    const phone = await crew.phone('phone', 'picker')
    await phone.sync()
    await desk.issue({ type: 'ClaimOrder', doc: 'o1', payload: {} })
    await phone.issue({ type: 'ClaimOrder', doc: 'o1', payload: {} })
    expect((await phone.order('o1'))?.claim?.by).toBe('picker')
    await desk.sync()
    await phone.sync()
    expect((await phone.order('o1'))?.claim?.by).toBe('clerk')
    expect(await phone.db.outbox.count()).toBe(0)
    expect(await phone.db.shadow.count()).toBe(0)
    expect(await phone.db.attention.toArray()).toMatchObject([{ type: 'ClaimOrder', seenAt: null, verdict: { verdict: 'refused', reason: { type: 'claimed', by: 'clerk' } } }])
  })

  test('a fact stands though the order was cancelled meanwhile, and names the goods to put back', async () => {
    const desk = await placed('o1')
    const phone = await crew.phone('phone', 'picker')
    await phone.sync()
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) })
    await desk.issue({ type: 'CancelOrder', doc: 'o1', payload: { reason: 'no credit' }, signed: true })
    await desk.sync()
    await phone.sync()
    expect(await phone.order('o1')).toMatchObject({ cancelled: { reason: 'no credit' }, picks: [{ quantity: 2 }], exceptions: [{ kind: 'picked-after-cancel' }] })
    expect(await phone.db.attention.count()).toBe(0)
    expect(await phone.db.archive.count()).toBe(1)
  })

  test('an answer that was lost comes again, word for word, with one effect', async () => {
    await placed('o1')
    const line = badLine()
    const phone = await crew.phone('phone', 'picker', { between: line.between })
    await phone.sync()
    const [id = ''] = await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) })
    line.lose()
    expect(await phone.sync()).toMatchObject({ contact: 'offline' })
    const first = (await crew.verdicts([id])).get(id)
    expect(first?.verdict).toBe('accepted')
    expect(await phone.db.outbox.toArray()).toMatchObject([{ id, state: 'waiting' }])
    crew.floor.clock.now += 60_000
    await phone.sync()
    expect(await phone.db.archive.toArray()).toMatchObject([{ id, verdict: first }])
    expect((await crew.serverOrder('o1')).picks).toHaveLength(1)
  })

  test('a payload that the device itself can no longer read is shown without preview, sent, and answered', async () => {
    await placed('o1')
    const phone = await crew.phone('phone', 'picker')
    await phone.sync()
    const [first = ''] = await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) })
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(3) })
    await phone.db.outbox.filter(({ id }) => id === first).modify({ payload: null })
    const other = await crew.phone('other', 'picker')
    await other.sync()
    await other.issue({ type: 'PickLine', doc: 'o1', payload: pick(1) })
    await other.sync()
    await phone.sync()
    expect(await phone.db.attention.toArray()).toMatchObject([{ id: first, verdict: { verdict: 'quarantined', reason: { type: 'malformed' } } }])
    expect((await phone.order('o1'))?.picks.map((each) => each.quantity)).toEqual([1, 3])
    expect(await phone.db.outbox.count()).toBe(0)
  })
})

describe('pages', () => {
  test('a part of what is new does not settle a command: its effect may be in the part that is missing', async () => {
    const orders = Array.from({ length: PAGE_DOCS + 20 }, (_, i) => `p${String(i).padStart(3, '0')}`)
    const desk = await crew.phone('desk', 'clerk')
    await desk.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
    await desk.sync()
    const line = badLine()
    const phone = await crew.phone('phone', 'picker', { between: line.between })
    await phone.sync()
    await desk.issue(...orders.map((doc) => ({ type: 'PlaceOrder' as const, doc, payload: form(`N-${doc}`) })))
    await desk.sync()

    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) })
    let answers = 0
    line.state.forge = (url) => {
      if (!url.endsWith('/api/sync')) return null
      answers += 1
      if (answers === 2) throw new TypeError('Failed to fetch')
      return null
    }
    await phone.sync()
    expect(await phone.db.outbox.toArray()).toMatchObject([{ state: 'awaited', verdict: { verdict: 'accepted' } }])
    expect((await phone.order('o1'))?.picks).toHaveLength(1)
    expect(await phone.db.docs.where('scope').equals('site:north').count()).toBe(1 + PAGE_DOCS)
    await phone.sync()
    expect(await phone.db.outbox.count()).toBe(0)
    expect(await phone.db.archive.count()).toBe(1)
    expect((await phone.order('o1'))?.picks).toHaveLength(1)
    expect(await phone.db.docs.where('scope').equals('site:north').count()).toBe(1 + orders.length)
  })

  test('a copy that holds the effect already does not show it twice while its command is not settled', async () => {
    const desk = await placed('o1')
    const line = badLine()
    const phone = await crew.phone('phone', 'picker', { between: line.between })
    await phone.sync()
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) })
    crew.floor.clock.now += 13 * 3_600_000
    await phone.sync()
    await crew.hand(desk, 'clerk')
    await desk.issue(...Array.from({ length: PAGE_DOCS + 20 }, (_, i) => ({ type: 'PlaceOrder' as const, doc: `p${i}`, payload: form(`N-p${i}`) })))
    await desk.sync()
    await crew.hand(phone, 'picker')
    let asked = 0
    line.state.forge = () => {
      asked += 1
      if (asked === 2) throw new TypeError('Failed to fetch')
      return null
    }
    await phone.sync()
    expect(await phone.db.shadow.get('o1')).toMatchObject({ doc: { applied: { phone: 1 } } })
    expect(await phone.db.outbox.toArray()).toMatchObject([{ state: 'awaited' }])
    expect((await phone.order('o1'))?.picks).toHaveLength(1)
    line.state.forge = null
    await phone.sync()
    expect((await phone.order('o1'))?.picks).toHaveLength(1)
    expect(await phone.db.outbox.count()).toBe(0)
  })

  test('an order that has left does not come back by a late answer', async () => {
    const desk = await placed('o1')
    const line = badLine()
    const phone = await crew.phone('van', 'driver', { between: line.between })
    await phone.sync()
    await desk.issue({ type: 'PutOnTrip', doc: 'o1', payload: trip('driver') })
    await desk.sync()
    line.hold()
    const late = phone.sync()
    await until(() => line.state.held.length === 1)
    await desk.issue({ type: 'TakeOffTrip', doc: 'o1', payload: {} })
    await desk.sync()
    phone.held.clear()
    await phone.tab().sync.now()
    expect(await phone.db.cursors.get('driver:north:driver')).toMatchObject({ position: 2 })
    line.release()
    await late
    expect(await phone.order('o1')).toBeNull()
    expect(await phone.db.cursors.get('driver:north:driver')).toMatchObject({ position: 2 })
  })

  test("a driver's phone holds its own trips; what is pending on an order that was moved away still goes", async () => {
    const desk = await placed('o1', 'o2')
    await desk.issue({ type: 'PutOnTrip', doc: 'o1', payload: trip('driver') })
    await desk.sync()
    const van = await crew.phone('van', 'driver')
    await van.sync()
    expect((await van.db.docs.where('lists').startsWith('all|').toArray()).map((row) => row.id)).toEqual(['o1'])
    van.line.up = false
    await van.issue({ type: 'ReportProblem', doc: 'o1', payload: { what: 'delay', note: 'rain', photos: [] } })
    await desk.issue({ type: 'TakeOffTrip', doc: 'o1', payload: {} })
    await desk.sync()
    van.line.up = true
    await van.sync()
    expect(await van.order('o1')).toBeNull()
    expect(await van.db.outbox.count()).toBe(0)
    expect((await crew.serverOrder('o1')).problems).toMatchObject([{ note: 'rain' }])
    expect(await van.db.archive.count()).toBe(1)
  })

  test('a prediction that was right brings no second copy', async () => {
    await placed('o1')
    const ear = overheard()
    const phone = await crew.phone('phone', 'picker', { between: ear.between })
    await phone.sync()
    ear.replies.length = 0
    const before = phone.traffic.down
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) }, { type: 'PickLine', doc: 'o1', payload: pick(3) })
    let written = 0
    phone.db.docs.hook('updating', () => {
      written += 1
    })
    await phone.sync()
    expect(written).toBe(0)
    expect(ear.requests.at(-1)?.held).toEqual({})
    const [reply] = ear.replies
    expect(reply?.scopes['site:north']?.ops).toEqual([{ same: 'o1', version: 4, sum: checksum(await crew.serverDoc('o1')) }])
    expect(phone.traffic.down - before).toBeLessThan(500)
    expect((await phone.db.docs.get('o1'))?.doc).toEqual(await crew.serverDoc('o1'))
    expect(await phone.db.outbox.count()).toBe(0)
  })

  test('an order that was placed here is known here: it is not sent back', async () => {
    const ear = overheard()
    const desk = await crew.phone('desk', 'clerk', { between: ear.between })
    await desk.sync()
    ear.replies.length = 0
    await desk.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
    await desk.sync()
    expect(ear.replies[0]?.scopes['site:north']?.ops).toMatchObject([{ same: 'o1', version: 1 }])
    expect((await desk.db.docs.get('o1'))?.doc).toEqual(await crew.serverDoc('o1'))
  })

  test('changes folded here give the doc that the server has, byte for byte', async () => {
    const desk = await placed('o1')
    const ear = overheard()
    const phone = await crew.phone('phone', 'picker', { between: ear.between })
    await phone.sync()
    ear.replies.length = 0
    await desk.issue({ type: 'ClaimOrder', doc: 'o1', payload: {} })
    await desk.issue({ type: 'ReportShort', doc: 'o1', payload: { line: 1, quantity: 2, reason: 'damaged', note: '' } })
    await desk.sync()
    await phone.sync()
    expect(ear.replies[0]?.scopes['site:north']?.ops).toMatchObject([{ delta: 'o1', from: 2, version: 5 }])
    const fresh = await crew.phone('fresh', 'picker')
    await fresh.sync()
    const doc = await crew.serverDoc('o1')
    expect((await phone.db.docs.get('o1'))?.doc).toEqual(doc)
    expect((await fresh.db.docs.get('o1'))?.doc).toEqual(doc)
  })
})

describe('tabs and reloads', () => {
  test('two tabs that send at once, with no lock between them, record once', async () => {
    await placed('o1')
    const phone = await crew.phone('phone', 'picker')
    await phone.sync()
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) }, { type: 'PickLine', doc: 'o1', payload: pick(3) })
    const tab = phone.tab()
    const sent = phone.traffic.sent.length
    const first = phone.sync()
    await until(() => phone.held.size > 0)
    phone.held.clear()
    await Promise.all([first, tab.sync.now()])
    expect(phone.traffic.sent.length - sent).toBe(2)
    expect((await crew.serverOrder('o1')).picks.map((each) => each.quantity)).toEqual([2, 3])
    expect(await phone.db.outbox.count()).toBe(0)
    expect(await phone.db.archive.count()).toBe(2)
    expect((await phone.db.docs.get('o1'))?.doc).toEqual(await crew.serverDoc('o1'))
  })

  test('while one tab talks the other leaves it to it', async () => {
    const line = badLine()
    const phone = await crew.phone('phone', 'picker', { between: line.between })
    line.hold()
    const first = phone.sync()
    await until(() => line.state.held.length === 1)
    const sent = phone.traffic.sent.length
    await phone.tab().sync.now()
    expect(phone.traffic.sent.length).toBe(sent)
    line.release()
    await first
  })

  test('a page that is reloaded while its answer is on the way loses nothing and doubles nothing', async () => {
    await placed('o1')
    const line = badLine()
    const phone = await crew.phone('phone', 'picker', { between: line.between })
    await phone.sync()
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) })
    line.hold()
    const cut = phone.sync()
    await until(() => line.state.held.length === 1)
    line.state.held.length = 0
    void cut
    phone.db.close()
    phone.held.clear()
    await phone.reopen()
    expect((await phone.order('o1'))?.picks).toHaveLength(1)
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(3) })
    await phone.sync()
    expect((await crew.serverOrder('o1')).picks.map((each) => each.quantity)).toEqual([2, 3])
    expect((await phone.order('o1'))?.picks.map((each) => each.quantity)).toEqual([2, 3])
    expect(await phone.db.outbox.count()).toBe(0)
  })
})
