import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Role } from '../../../shared/people/role.ts'
import type { SyncReply } from '../../../shared/sync/wire.ts'
import { form, type Phone, pick, staffedFloor } from '../floor.ts'

const verdictsOf = (reply: SyncReply) => reply.verdicts.map(({ verdict, reason }) => [verdict, reason?.type])

describe('a person whose roles were taken while the shift still runs', () => {
  let all: Awaited<ReturnType<typeof staffedFloor>>
  let desk: Phone
  let phone: Phone
  const roles = (...of: Role[]) =>
    all.floor.log.write(async (tx) => {
      const clerk = await tx.person('clerk')
      if (clerk) await tx.savePerson({ ...clerk, roles: of })
    })
  beforeEach(async () => {
    all = await staffedFloor()
    ;({ desk, phone } = all)
    await desk.sync(['o1', 'o2'].map((id) => desk.command('PlaceOrder', id, form(id))))
  })
  afterEach(() => all.floor.end())

  test('decides nothing any more: each request is answered no, with the roles it takes', async () => {
    await roles('warehouse')
    const reply = await desk.sync([desk.command('SignGate', 'o1', { gate: 'confirmation', note: '' }), desk.command('CancelOrder', 'o2', { reason: 'x' }), desk.command('ClaimOrder', 'o1', {})])
    expect(verdictsOf(reply)).toEqual([
      ['refused', 'wrong-role'],
      ['refused', 'wrong-role'],
      ['refused', 'gate-shut'],
    ])
    expect(reply.verdicts[0]?.reason).toMatchObject({ roles: ['service', 'service-supervisor', 'finance'] })
  })

  test('keeps what was done in the role: a fact that arrives later is in the log', async () => {
    const picked = desk.command('PickLine', 'o1', pick(3))
    await roles('finance')
    expect(verdictsOf(await desk.sync([picked]))).toEqual([['accepted', undefined]])
    await phone.sync()
    expect(await all.floor.log.read(async (tx) => (await tx.docs('north', ['o1'])).get('o1')?.body)).toMatchObject({ picks: [{ by: 'clerk', quantity: 3 }] })
  })

  test('who only drives from now on reads the own trips only', async () => {
    await roles('driver')
    await desk.signIn({ ...all.clerk, roles: ['driver', 'warehouse'] })
    const reply = await desk.sync()
    expect(Object.keys(reply.scopes)).toEqual(['people:north', 'driver:north:clerk'])
    expect(reply.lost).toEqual(['site:north'])
  })
})
