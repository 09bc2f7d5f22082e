import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SyncReply } from '../../../shared/sync/wire.ts'
import { form, pick, type Phone, staffedFloor } from '../floor.ts'

describe('a grant whose token came once', () => {
  let all: Awaited<ReturnType<typeof staffedFloor>>
  let desk: Phone
  let phone: Phone
  beforeEach(async () => {
    all = await staffedFloor()
    ;({ desk, phone } = all)
    await desk.sync([desk.command('PlaceOrder', 'o1', form('N-1'))])
    await phone.sync()
  })
  afterEach(() => all.floor.end())
  const picks = async () => {
    const body = (await all.floor.log.read((tx) => tx.docs('north', ['o1']))).get('o1')?.body
    return body?.kind === 'order' ? body.picks.length : null
  }
  const tokenless = { grants: {} }

  test('is known by its name from then on, to a server that was started anew too', async () => {
    const reply = await phone.sync([phone.command('PickLine', 'o1', pick(1))], tokenless)
    expect(reply).toMatchObject({ verdicts: [{ verdict: 'accepted' }], grants: [] })
    expect(reply.scopes['site:north']?.ops).toHaveLength(1)
    expect(await all.floor.log.read((tx) => tx.grants([phone.current]))).toHaveProperty('size', 1)
  })

  test('that the server has not got is asked for: nothing is done, nothing is read, no number is used up', async () => {
    const before = await all.floor.log.read((tx) => tx.device('phone'))
    await phone.signIn(all.picker, all.floor.grants, { id: 'new' })
    const { new: token = '' } = phone.grants
    const command = phone.command('PickLine', 'o1', pick(1))
    const asked = await phone.reply(await phone.send([command], tokenless))
    expect(asked).toMatchObject({ verdicts: [], stopped: null, lastSeq: 0, scopes: {}, lost: [], grants: ['new'] } satisfies Partial<SyncReply>)
    expect(await picks()).toBe(0)
    expect(await all.floor.log.read((tx) => tx.device('phone'))).toEqual(before)
    expect(await all.floor.log.read((tx) => tx.quarantined('north', 5))).toEqual([])
    expect(await phone.sync([command], { grants: { new: token } })).toMatchObject({ verdicts: [{ seq: 1, verdict: 'accepted' }], grants: [] })
    expect(await picks()).toBe(1)
  })

  test('of one command among others holds back the whole request, in its order', async () => {
    await phone.signIn(all.picker, all.floor.grants, { id: 'new' })
    const { new: token = '', ...older } = phone.grants
    const [first] = Object.keys(older)
    const commands = [phone.command('PickLine', 'o1', pick(1), { grant: first ?? '' }), phone.command('PickLine', 'o1', pick(2), { grant: 'new' })]
    expect(await phone.sync(commands, { grants: {}, current: first ?? '' })).toMatchObject({ verdicts: [], grants: ['new'] })
    expect((await phone.sync(commands, { grants: { new: token }, current: first ?? '' })).verdicts).toMatchObject([{ seq: 1, verdict: 'accepted' }, { seq: 2, verdict: 'accepted' }])
    expect(await picks()).toBe(2)
  })

  test('that the device has lost goes to quarantine and is not asked for again', async () => {
    const reply = await phone.sync([phone.command('PickLine', 'o1', pick(1), { grant: 'lost' }), phone.command('PickLine', 'o1', pick(2))], { grants: { lost: '' } })
    expect(reply).toMatchObject({ verdicts: [{ verdict: 'quarantined', reason: { type: 'bad-grant' } }, { verdict: 'accepted' }], grants: [] })
  })

  test('does not vouch for a forged token of its name', async () => {
    const forged = { [phone.current]: `${phone.grants[phone.current]?.split('.')[0]}.AAAA` }
    expect((await phone.sync([phone.command('PickLine', 'o1', pick(1))], { grants: forged })).verdicts).toMatchObject([{ reason: { type: 'bad-grant' } }])
    expect((await phone.sync([phone.command('PickLine', 'o1', pick(1))], tokenless)).verdicts).toMatchObject([{ verdict: 'accepted' }])
  })

  test('of another device opens nothing by its name', async () => {
    const reply = await phone.sync([phone.command('PickLine', 'o1', pick(1), { grant: desk.current })], { ...tokenless, current: desk.current })
    expect(reply).toMatchObject({ verdicts: [{ verdict: 'quarantined', reason: { type: 'outside-grant' } }], scopes: {} })
  })

  test('that ended, or whose person left, opens nothing by its name either', async () => {
    all.floor.clock.now += 13 * 3_600_000
    expect((await phone.sync([], tokenless)).scopes).toEqual({})
    all.floor.clock.now -= 13 * 3_600_000
    expect((await phone.sync([], tokenless)).scopes).toHaveProperty('site:north')
    const row = await all.floor.log.read((tx) => tx.person('picker'))
    if (row) await all.floor.log.write((tx) => tx.savePerson({ ...row, revokedAt: new Date(all.floor.clock.now).toISOString() }))
    const reply = await phone.sync([phone.command('PickLine', 'o1', pick(1))], tokenless)
    expect(reply).toMatchObject({ verdicts: [{ verdict: 'quarantined', reason: { type: 'revoked-person' } }], scopes: {} })
  })

  test('is asked of a revoked phone, too: what it did before is good, what it did after is kept apart', async () => {
    const now = all.floor.clock.now
    await all.floor.log.write((tx) => tx.saveDevice('phone', { revokedAt: new Date(now).toISOString() }))
    const before = phone.command('PickLine', 'o1', pick(1), { at: new Date(now - 1000).toISOString() })
    const after = phone.command('PickLine', 'o1', pick(2), { at: new Date(now).toISOString() })
    // Its clock is two minutes slow, and it knows: that was after, whatever it reads.
    const slow = phone.command('PickLine', 'o1', pick(3), { at: new Date(now - 60_000).toISOString() })
    const reply = await phone.sync([before, after])
    expect(reply).toMatchObject({ verdicts: [{ verdict: 'accepted' }, { verdict: 'quarantined', reason: { type: 'revoked-device' } }], scopes: {} })
    const clock = { wall: new Date(now).toISOString(), zone: 'Asia/Taipei', mono: 0, boot: 'b', offset: 120_000, error: 20 }
    expect((await phone.sync([slow], { clock })).verdicts).toMatchObject([{ verdict: 'quarantined', reason: { type: 'revoked-device' } }])
    expect((await phone.send([])).status).toBe(401)
    expect(await all.floor.log.read((tx) => tx.quarantined('north', 5))).toHaveLength(2)
  })

  test('a phone of the first protocol sends all it has, gets whole answers, and is never asked', async () => {
    const old = { protocol: 1, waiting: { commands: 1, blobs: 0, oldest: null } }
    const response = await phone.send([phone.command('PickLine', 'o1', pick(1), { grant: 'never-sent' }), phone.command('PickLine', 'o1', pick(2))], old)
    expect(await response.json()).toMatchObject({
      asked: phone.epoch,
      stopped: null,
      verdicts: [{ verdict: 'quarantined', reason: { type: 'bad-grant' } }, { verdict: 'accepted', reason: null, at: expect.any(String) }],
      scopes: { 'people:north': { from: 0, to: 0, head: 0, more: false, ops: [] } },
      puts: [],
      lost: [],
      reset: [],
      wanted: [],
    })
  })
})
