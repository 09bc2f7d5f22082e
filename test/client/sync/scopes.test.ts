import { afterEach, beforeEach, expect, test } from 'vitest'
import { LOAD_DOCS } from '../../../shared/sync/wire.ts'
import { form } from '../../server/floor.ts'
import { until } from '../../support/open-phone.ts'
import { badLine, type Crew, openCrew } from '../crew.ts'

let crew: Crew
beforeEach(async () => {
  crew = await openCrew()
})
afterEach(() => crew.end())

/** A picker's phone whose first load of the site breaks off behind its first page. */
async function halfLoaded() {
  const desk = await crew.phone('desk', 'clerk')
  await desk.issue(...Array.from({ length: LOAD_DOCS + 1 }, (_, i) => ({ type: 'PlaceOrder' as const, doc: `o${String(i).padStart(4, '0')}`, payload: form(`N-${i}`) })))
  await desk.sync()
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
  return { phone, line }
}

test('a first load under way of what a person may no longer read goes, with all that had come', async () => {
  const { phone, line } = await halfLoaded()
  expect(await phone.db.docs.count()).toBe(LOAD_DOCS)
  expect(await phone.db.read('loads')).toHaveProperty('site:north')
  line.state.forge = null
  const picker = await crew.floor.log.read((tx) => tx.person('picker'))
  if (picker) await crew.floor.log.write((tx) => tx.savePerson({ ...picker, roles: ['driver'] }))
  await phone.sync()
  expect(await phone.db.docs.count()).toBe(0)
  expect(await phone.db.read('loads')).toEqual({})
})

test('what came by a scope that is lost stays, if the reader has it by another one', async () => {
  const phone = await crew.phone('phone', 'clerk')
  await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') }, { type: 'PutOnTrip', doc: 'o1', payload: { id: 't', number: 't', driver: 'driver', driverName: 'driver', vehicle: '', stop: 1 } })
  await phone.sync()
  // As a late page of the driver who had the phone before leaves it.
  await phone.db.docs.where('id').equals('o1').modify({ scope: 'driver:north:driver' })
  await phone.db.cursors.put({ scope: 'driver:north:driver', position: 1, consistent: 1 })
  await phone.sync()
  expect(await phone.db.cursors.toCollection().primaryKeys()).toEqual(['people:north', 'site:north'])
  expect((await phone.db.docs.get('o1'))?.scope).toBe('site:north')
})

test('what came by a scope that is lost goes, if only our own old copy says that the reader has it by another one', async () => {
  const desk = await crew.phone('desk', 'clerk')
  await desk.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') }, { type: 'PutOnTrip', doc: 'o1', payload: { id: 't', number: 't', driver: 'driver', driverName: 'driver', vehicle: '', stop: 1 } })
  await desk.sync()
  const old = await desk.db.docs.get('o1')
  await desk.issue({ type: 'PutOnTrip', doc: 'o1', payload: { id: 't2', number: 't2', driver: 'another', driverName: 'another', vehicle: '', stop: 1 } })
  await desk.sync()
  const phone = await crew.phone('phone', 'driver')
  await phone.sync()
  // As it was when the person still read the whole site.
  if (old) await phone.db.docs.put(old)
  await phone.db.cursors.put({ scope: 'site:north', position: 1, consistent: 1 })
  await phone.sync()
  expect(await phone.db.cursors.toCollection().primaryKeys()).toContain('driver:north:driver')
  expect(await phone.db.docs.get('o1')).toBeUndefined()
  expect(await phone.db.read('need')).toEqual([])
})

test('what was answered to one who reads less is settled only by one who reads all that is here: until then it stays on the screen', async () => {
  const desk = await crew.phone('desk', 'clerk')
  await desk.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') }, { type: 'SignGate', doc: 'o1', payload: { gate: 'confirmation', note: '' }, signed: true })
  await desk.sync()
  const line = badLine()
  const phone = await crew.phone('phone', 'picker', { between: line.between })
  await phone.sync()
  const picker = (await phone.db.read('current')) ?? ''
  await crew.hand(phone, 'driver')
  line.hold(2)
  await phone.issue({ type: 'ReportProblem', doc: 'o1', payload: { what: 'delay', note: 'rain', photos: [] } })
  const round = phone.sync()
  // The work goes out first; then the driver asks for what is new, and the picker is back before the answer is.
  await until(() => line.state.held.length === 1)
  line.release()
  await until(() => line.state.held.length === 1)
  await phone.db.put('current', picker)
  line.release()
  await round
  expect((await phone.order('o1'))?.problems).toHaveLength(1)
  await phone.sync()
  expect(await phone.db.outbox.count()).toBe(0)
  expect((await phone.db.docs.get('o1'))?.doc).toEqual(await crew.serverDoc('o1'))
})

test('what was answered to one who reads less is not settled while a first load of one who reads more is under way: it stays on the screen', async () => {
  const { phone, line } = await halfLoaded()
  const [{ id: doc = '' } = {}] = await phone.db.docs.limit(1).toArray()
  const picker = (await phone.db.read('current')) ?? ''
  await crew.hand(phone, 'driver')
  line.hold(2)
  await phone.issue({ type: 'ReportProblem', doc, payload: { what: 'delay', note: 'rain', photos: [] } })
  const round = phone.sync()
  await until(() => line.state.held.length === 1)
  line.release()
  await until(() => line.state.held.length === 1)
  await phone.db.put('current', picker)
  line.release()
  await round
  expect((await phone.order(doc))?.problems).toHaveLength(1)
  line.state.forge = null
  await phone.sync()
  expect(await phone.db.outbox.count()).toBe(0)
  expect((await phone.db.docs.get(doc))?.doc).toEqual(await crew.serverDoc(doc))
})
