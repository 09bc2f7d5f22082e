import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { form, pick } from '../../server/floor.ts'
import { badLine, type Crew, openCrew, overheard } from '../crew.ts'

describe('the token of a grant', () => {
  let crew: Crew
  beforeEach(async () => {
    crew = await openCrew()
    const desk = await crew.phone('desk', 'clerk')
    await desk.sync()
    await desk.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
    await desk.sync()
  })
  afterEach(() => crew.end())
  const picks = async () => (await crew.serverOrder('o1')).picks.map((each) => [each.by, each.quantity])
  const sent = (line: ReturnType<typeof overheard>) => line.requests.map((request) => Object.keys(request.grants).length)

  test('travels until a reply has shown that the server has it, and not again', async () => {
    const line = overheard()
    const phone = await crew.phone('phone', 'picker', { between: line.between })
    await phone.sync()
    for (const quantity of [1, 2, 3]) {
      await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(quantity) })
      await phone.sync()
    }
    expect(sent(line).filter((tokens) => tokens > 0)).toEqual([1])
    expect(sent(line).slice(-3)).toEqual([0, 0, 0])
    expect(await picks()).toEqual([['picker', 1], ['picker', 2], ['picker', 3]])
    await phone.reload()
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(4) })
    await phone.sync()
    expect(sent(line).at(-1)).toBe(0)
  })

  test('whose reply was lost travels again', async () => {
    const heard = overheard()
    const line = badLine()
    const phone = await crew.phone('phone', 'picker', { between: (fetch) => line.between(heard.between(fetch)) })
    await phone.db.put('epoch', await crew.floor.log.read((tx) => tx.epoch()))
    await phone.issue({ type: 'PickLine', doc: 'o2', payload: pick(1) })
    line.lose()
    await phone.sync()
    await phone.sync()
    expect(sent(heard).slice(0, 2)).toEqual([1, 1])
    expect(await phone.db.outbox.count()).toBe(0)
  })

  test('travels again to a server of another history, and to one that has forgotten it: nothing is lost, nothing done twice', async () => {
    const line = overheard()
    const phone = await crew.phone('phone', 'picker', { between: line.between })
    await phone.sync()
    await crew.floor.log.write((tx) => tx.beginEpoch('after-the-restore'))
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(1) })
    await phone.sync()
    expect(sent(line).at(-1)).toBe(1)

    // As if the device had been told so by a server that has lost the row.
    crew.floor.clock.now += 1000
    await crew.hand(phone, 'picker')
    await phone.db.put('proven', { epoch: 'after-the-restore', ids: [(await phone.db.read('current')) ?? ''] })
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) }, { type: 'PickLine', doc: 'o1', payload: pick(3) })
    const before = line.requests.length
    expect(await phone.sync()).toMatchObject({ contact: 'online', paused: null })
    expect(sent(line).slice(before)).toEqual([0, 1])
    expect(await picks()).toEqual([['picker', 1], ['picker', 2], ['picker', 3]])
    expect(await phone.db.outbox.count()).toBe(0)
    expect(await phone.db.attention.count()).toBe(0)
    expect((await phone.db.docs.get('o1'))?.doc).toEqual(await crew.serverDoc('o1'))
  })

  test('that the phone itself has lost holds nothing up: its work lies with the supervisor', async () => {
    const phone = await crew.phone('phone', 'picker')
    await phone.sync()
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(1) })
    await phone.db.put('grants', {})
    await phone.db.put('proven', { epoch: (await phone.db.read('epoch')) ?? '', ids: [] })
    await phone.sync()
    expect(await phone.db.outbox.count()).toBe(0)
    expect(await phone.db.attention.toArray()).toMatchObject([{ verdict: { verdict: 'quarantined', reason: { type: 'bad-grant' } } }])
  })

  test('of the next person travels when they take over', async () => {
    const line = overheard()
    const phone = await crew.phone('phone', 'picker', { between: line.between })
    await phone.sync()
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(1) })
    crew.floor.clock.now += 1000
    await crew.hand(phone, 'clerk')
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) })
    await phone.sync()
    expect(line.requests.at(-1)).toMatchObject({ commands: [{ seq: 1 }, { seq: 2 }] })
    expect(Object.keys(line.requests.at(-1)?.grants ?? {})).toEqual([await phone.db.read('current')])
    expect(await picks()).toEqual([['picker', 1], ['clerk', 2]])
  })
})
