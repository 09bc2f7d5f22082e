import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { form, pick } from '../../server/floor.ts'
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

  test('that is enrolled anew at its site keeps what it had not sent', async () => {
    const { code, desk } = await ready()
    const { device = '' } = (await desk.db.read('identity')) ?? {}
    await desk.sync()
    await desk.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
    await desk.device.people.enrol(code, 'desk again')
    expect((await desk.db.read('identity'))?.device).not.toBe(device)
    await desk.sync()
    expect(await desk.db.outbox.count()).toBe(0)
    // The grant it was made under is of another device: a supervisor finds the work in quarantine, and the person here.
    expect(await desk.db.attention.toArray()).toMatchObject([{ type: 'PlaceOrder', verdict: { verdict: 'quarantined', reason: { type: 'outside-grant' } } }])
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
    expect(await phone.device.people.check('mei', '1234')).toBe('expired')
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
