import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connect } from '../../../server/log/sqlite/connection.ts'
import { form, pick } from '../../server/floor.ts'
import type { Phone } from '../../support/open-phone.ts'
import { type Crew, crewOn } from '../crew.ts'
import { openFloor } from '../../server/floor.ts'

const HOUR = 3_600_000
let crew: Crew
beforeEach(async () => {
  crew = crewOn(await openFloor())
})
afterEach(() => crew.end())

/** A set-up server: its supervisor's desk, a warehouse hand with a PIN, and a code for one more phone. */
async function ready() {
  const desk = await crew.add({ name: 'desk' })
  const answer = await desk.device.people.setup({ code: await crew.floor.setupCode(), site: 'North mill', person: 'Lin', pin: '4711', example: false, name: 'desk' })
  if (typeof answer === 'string' || !('grant' in answer)) throw new Error(JSON.stringify(answer))
  const { site } = answer.grant
  await crew.floor.employ(site, 'mei', '1234', 'warehouse')
  const asked = await crew.floor.call('POST', '/api/codes', { token: (await desk.db.read('identity'))?.token ?? '', grant: (await desk.db.read('grants'))?.[answer.grant.id] ?? '', body: {} })
  const { code } = (await asked.json()) as { code: string }
  return { desk, site, code }
}

async function newCode(desk: Phone): Promise<{ code: string }> {
  const { identity, grants = {}, current = '' } = await desk.db.readAll('identity', 'grants', 'current')
  const asked = await crew.floor.call('POST', '/api/codes', { token: identity?.token ?? '', grant: grants[current] ?? '', body: {} })
  return (await asked.json()) as { code: string }
}

describe('a device', () => {
  test('sets up the first site, is enrolled by it, and its supervisor is signed in', async () => {
    const { desk } = await ready()
    expect(await desk.device.people.enrolled()).toBe(true)
    expect(await desk.device.people.current()).toMatchObject({ name: 'Lin', roles: ['supervisor', 'service-supervisor'] })
    await desk.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
    expect(await desk.sync()).toMatchObject({ contact: 'online', paused: null })
    expect(await desk.db.archive.count()).toBe(1)
    const key = await desk.db.keys.get('device')
    expect(key?.pair.privateKey.extractable).toBe(false)
  })

  test('is enrolled by a code, once, and shows who may sign in', async () => {
    const { code } = await ready()
    const phone = await crew.add({ name: 'phone', code })
    expect((await phone.device.people.cards()).map((card) => card.name)).toEqual(['Lin', 'mei'])
    expect((await crew.floor.log.read(async (tx) => tx.device((await phone.db.read('identity'))?.device ?? '')))?.publicKey).toMatch(/^MF/)
    const again = await crew.add({ name: 'again' })
    expect(await again.device.people.enrol(code, 'again')).toMatchObject({ problem: { status: 403 } })
    expect(await again.device.people.enrolled()).toBe(false)
    again.line.up = false
    expect(await again.device.people.enrol(code, 'again')).toBe('offline')
  })

  test('that is enrolled anew at its site sends what it had not sent, and nobody looks for it at the old one', async () => {
    const { code, desk } = await ready()
    const { device = '' } = (await desk.db.read('identity')) ?? {}
    await desk.sync()
    desk.line.up = false
    await desk.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') }, { type: 'PickLine', doc: 'o1', payload: pick(2) })
    desk.line.up = true
    await desk.device.people.enrol(code, 'desk again')
    const { device: now = '' } = (await desk.db.read('identity')) ?? {}
    expect(now).not.toBe(device)
    await desk.sync()
    expect([await desk.db.outbox.where('state').equals('waiting').count(), await desk.db.attention.count()]).toEqual([0, 0])
    await desk.device.people.signIn((await desk.device.people.cards())[0]?.id ?? '', '4711')
    await desk.sync()
    expect(await desk.order('o1')).toMatchObject({ number: 'N-1', picks: [{ quantity: 2 }] })
    const old = await crew.floor.log.read((tx) => tx.device(device))
    expect(old?.seen).toMatchObject({ commands: 0, oldest: null })
  })

  test('that a restored server has forgotten sends what it had not sent under its grants', async () => {
    const { desk, site } = await ready()
    const phone = await crew.add({ name: 'phone', code: (await newCode(desk)).code, person: 'mei', pin: '1234' })
    await desk.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
    await desk.sync()
    await phone.sync()
    phone.line.up = false
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) })
    const { device = '' } = (await phone.db.read('identity')) ?? {}
    // As if the file were from before the phone joined.
    const file = connect(join(crew.floor.folder.path, 'log.sqlite'), 'write')
    file.prepare('delete from device where id = ?').run(device)
    file.close()
    phone.line.up = true
    expect(await phone.sync()).toMatchObject({ paused: 'unknown-device' })
    await phone.device.people.enrol((await newCode(desk)).code, 'phone')
    await phone.sync()
    expect(await phone.db.attention.toArray()).toEqual([])
    await desk.sync()
    expect(await desk.order('o1')).toMatchObject({ site, picks: [{ by: 'mei', quantity: 2 }] })
  })

  test('with unsent work of its site is not taken to another one, and the code is not used up', async () => {
    const { desk } = await ready()
    await crew.floor.foundSite('south')
    await crew.floor.employ('south', 'kim', '5555', 'supervisor')
    const other = await crew.add({ name: 'other', seat: { ...(await crew.floor.device('south', 'other')) }, person: 'kim', pin: '5555' })
    const { code } = await newCode(other)
    await desk.sync()
    desk.line.up = false
    await desk.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
    desk.line.up = true
    expect(await desk.device.people.enrol(code, 'desk')).toMatchObject({ problem: { status: 409, type: 'unsent-elsewhere', count: 1, site: 'North mill' } })
    expect(await desk.db.read('identity')).toMatchObject({ siteName: 'North mill' })
    await desk.sync()
    expect(await desk.device.people.enrol(code, 'desk')).toMatchObject({ enrolled: { siteName: 'south' } })
    expect(await desk.order('o1')).toBeNull()
  })
})

describe('a person', () => {
  test('signs in with the server, and without it while the grant runs', async () => {
    const { code } = await ready()
    const phone = await crew.add({ name: 'phone', code, person: 'mei', pin: '1234' })
    expect(await phone.device.people.current()).toMatchObject({ person: 'mei', roles: ['warehouse'] })
    await phone.device.people.lock()
    expect(await phone.device.people.current()).toBeNull()
    phone.line.up = false
    expect(await phone.device.people.signIn('mei', '1234')).toMatchObject({ grant: { person: 'mei' } })
    expect(await phone.device.people.current()).toMatchObject({ person: 'mei' })
    crew.floor.clock.now += 30 * HOUR
    expect(await phone.device.people.signIn('mei', '1234')).toBe('expired')
  })

  test('whose shift ends far from any network goes on signing at this device; nobody begins one there', async () => {
    const { code } = await ready()
    const phone = await crew.add({ name: 'phone', code, person: 'mei', pin: '1234' })
    phone.line.up = false
    crew.floor.clock.now += 30 * HOUR
    expect(await phone.device.people.check('mei', '1234')).toBe('right')
    expect(await phone.device.people.check('mei', '0000')).toEqual({ wrong: true, left: 4 })
    await phone.device.people.lock()
    expect(await phone.device.people.check('mei', '1234')).toBe('expired')
    expect(await phone.device.people.unlock('mei', '1234')).toBe('expired')
  })

  test('at a device whose clock is a day ahead signs in, reads, and signs in again without a network', async () => {
    const { code, desk } = await ready()
    await desk.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
    await desk.sync()
    for (const hours of [26, -26]) {
      const phone = await crew.add({ name: `phone ${hours}`, code: hours > 0 ? code : (await newCode(desk)).code, person: 'mei', pin: '1234', now: () => crew.floor.clock.now + hours * HOUR })
      expect(await phone.sync()).toMatchObject({ contact: 'online', paused: null })
      expect(await phone.order('o1')).toMatchObject({ number: 'N-1' })
      phone.line.up = false
      expect(await phone.device.people.signIn('mei', '1234')).toMatchObject({ grant: { person: 'mei' } })
      expect(await phone.device.people.check('mei', '1234')).toBe('right')
    }
  })

  test('whose device’s clock is set right again waits no longer than was meant', async () => {
    const { code } = await ready()
    let ahead = 26 * HOUR
    const phone = await crew.add({ name: 'phone', code, person: 'mei', pin: '1234', now: () => crew.floor.clock.now + ahead })
    phone.line.up = false
    for (let i = 0; i < 5; i++) await phone.device.people.check('mei', '0000')
    ahead = 0
    const { clock } = crew.floor
    expect(await phone.device.people.check('mei', '1234')).toEqual({ lockedUntil: clock.now + 30_000 })
    clock.now += 30_001
    expect(await phone.device.people.check('mei', '1234')).toBe('right')
  })

  test('who never signed in here needs the server', async () => {
    const { code } = await ready()
    const phone = await crew.add({ name: 'phone', code })
    phone.line.up = false
    expect(await phone.device.people.signIn('mei', '1234')).toBe('offline')
  })

  test('with a wrong PIN is told by the server how many tries are left', async () => {
    const { code } = await ready()
    const phone = await crew.add({ name: 'phone', code })
    expect(await phone.device.people.signIn('mei', '9999')).toMatchObject({ problem: { type: 'wrong-pin', left: 4 } })
    expect(await phone.device.people.current()).toBeNull()
  })

  test('who guesses is locked out for longer each time, though there is no network and the page is reloaded', async () => {
    const { code } = await ready()
    const phone = await crew.add({ name: 'phone', code, person: 'mei', pin: '1234' })
    phone.line.up = false
    const { clock } = crew.floor
    const answers: unknown[] = []
    for (let i = 0; i < 4; i++) answers.push(await phone.device.people.check('mei', '0000'))
    expect(answers).toEqual([4, 3, 2, 1].map((left) => ({ wrong: true, left })))
    await phone.reload()
    expect(await phone.device.people.check('mei', '0000')).toEqual({ lockedUntil: clock.now + 30_000 })
    expect(await phone.device.people.check('mei', '1234')).toEqual({ lockedUntil: clock.now + 30_000 })
    clock.now += 30_001
    expect(await phone.device.people.check('mei', '0000')).toEqual({ lockedUntil: clock.now + 60_000 })
    clock.now += 60_001
    expect(await phone.device.people.check('mei', '1234')).toBe('right')
    expect(await phone.device.people.check('mei', '0000')).toEqual({ wrong: true, left: 4 })
  })

  test('who tries at the same time in many tabs has no more tries', async () => {
    const { code } = await ready()
    const phone = await crew.add({ name: 'phone', code, person: 'mei', pin: '1234' })
    const pins = Array.from({ length: 8 }, (_, i) => `000${i}`)
    const answers = await Promise.all(pins.map((pin) => phone.device.people.check('mei', pin)))
    expect(answers.filter((answer) => typeof answer === 'object' && 'wrong' in answer)).toHaveLength(4)
  })

  test('who leaves with work unsent leaves it to be sent by whoever comes next', async () => {
    const { code, desk } = await ready()
    await desk.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
    await desk.sync()
    const phone = await crew.add({ name: 'phone', code, person: 'mei', pin: '1234' })
    await phone.sync()
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) })
    await phone.device.people.lock()
    expect(await phone.db.outbox.count()).toBe(1)
    await phone.sync()
    await desk.sync()
    expect(await desk.order('o1')).toMatchObject({ picks: [{ by: 'mei', quantity: 2 }] })
    expect(await phone.db.outbox.toArray()).toMatchObject([{ state: 'answered' }])
  })
})
