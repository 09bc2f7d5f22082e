import { afterEach, beforeEach, expect, test } from 'vitest'
import { lotsOf, measuresOf, usedOf } from '../../../shared/inspection/fit.ts'
import type { LotReport } from '../../../shared/inspection/report.ts'
import type { Order } from '../../../shared/order/order.ts'
import { stageOf } from '../../../shared/order/stage.ts'
import type { Role } from '../../../shared/people/role.ts'
import { form, pick, type Phone, staffedFloor } from '../floor.ts'

let all: Awaited<ReturnType<typeof staffedFloor>>
let phone: Phone
const stands = (person: string, ...roles: Role[]) => phone.signIn({ id: person, site: 'north', roles }, all.floor.grants, { id: `grant-${person}` })
const order = async (): Promise<Order> => {
  const body = (await all.floor.log.read((tx) => tx.docs('north', ['o1']))).get('o1')?.body
  if (body?.kind !== 'order') throw new Error('o1 is no order')
  return body
}
beforeEach(async () => {
  all = await staffedFloor()
  ;({ phone } = all)
  await all.desk.sync([all.desk.command('PlaceOrder', 'o1', form('N-1')), all.desk.command('PickLine', 'o1', pick(3)), all.desk.command('FinishPicking', 'o1', {})])
  await stands('checker', 'quality')
  await phone.sync()
})
afterEach(() => all.floor.end())

async function payload(change: Partial<LotReport> = {}) {
  const offered = lotsOf(await order())
  const severity = { critical: 'normal', major: 'normal', minor: 'normal' } as const
  const lots = offered.map(({ line, sku, size, standard, targets }): LotReport => ({
    ...{ line, sku, size, standard: standard.id, severity, all: false, looked: size, defects: [], disposition: 'accept' },
    measures: measuresOf(standard, targets).map((each) => ({ ...each, values: each.asked ? [each.lower ?? 0] : [] })),
    ...change,
  }))
  return { result: 'pass', checks: { quantity: 'pass', appearance: 'pass', labels: 'pass' }, reason: 'seen', photos: [], standards: offered.map(({ standard }) => usedOf(standard)), lots }
}
const verdicts = async (...commands: unknown[]) => (await phone.sync(commands)).verdicts.map(({ verdict, reason }) => [verdict, reason?.type])
const defect = { check: '', defect: 'major' as const, count: 4, note: '壓痕', photos: [] as string[] }
/** The exceptions of the inspection; the order was picked in a hurry, which raised its own. */
const raised = async () => (await order()).exceptions.filter(({ kind }) => kind === 'inspection-failed' || kind === 'unsigned')
const isHeld = async () => stageOf(await order()) === 'held'

test('lots that are good reach the log judged, and the goods may be packed', async () => {
  expect(await verdicts(phone.command('Inspect', 'o1', await payload()))).toEqual([['accepted', undefined]])
  expect((await order()).inspection).toMatchObject({ result: 'pass', lots: [{ proposal: 'accept', classes: [{ n: 3 }, { n: 3 }, { n: 3 }] }] })
})

test('a lot that a device called good and that is not is kept, judged by the server, and held', async () => {
  expect(await verdicts(phone.command('Inspect', 'o1', await payload({ defects: [defect] })))).toEqual([['accepted', undefined]])
  expect(await order()).toMatchObject({ inspection: { result: 'hold', lots: [{ disposition: 'accept', proposal: 'reject' }] } })
  expect(await raised()).toMatchObject([{ kind: 'inspection-failed', note: 'seen' }])
})

test('an inspection without the PIN is kept, and asks for the signature', async () => {
  await verdicts(phone.command('Inspect', 'o1', await payload(), { signed: false }))
  expect((await order()).inspection?.result).toBe('pass')
  expect(await raised()).toMatchObject([{ kind: 'unsigned', note: 'Inspect' }])
})

test('what is beyond every bound is set apart, and holds up nothing', async () => {
  const many = { ...(await payload()), lots: [] }
  expect(await verdicts(phone.command('Inspect', 'o1', many), phone.command('Inspect', 'o1', await payload({ standard: 'unheard' })), phone.command('Inspect', 'o1', await payload()))).toEqual([
    ['quarantined', 'malformed'],
    ['quarantined', 'malformed'],
    ['accepted', undefined],
  ])
})

test('held goods are freed by the PIN of quality or a supervisor, and by nobody else', async () => {
  const inspect = phone.command('Inspect', 'o1', await payload({ defects: [defect], disposition: 'rework' }))
  await verdicts(inspect)
  expect(await isHeld()).toBe(true)
  const concession = { inspection: inspect.id, reason: '客戶同意' }
  expect(await verdicts(phone.command('Concede', 'o1', concession, { signed: false }))).toEqual([['refused', 'unsigned']])
  for (const role of ['warehouse', 'service-supervisor', 'driver', 'finance'] as const) {
    await stands(`the ${role}`, role)
    expect(await verdicts(phone.command('Concede', 'o1', concession))).toEqual([['quarantined', 'forbidden']])
  }
  expect(await isHeld()).toBe(true)
  await stands('boss', 'supervisor')
  expect(await verdicts(phone.command('Concede', 'o1', concession), phone.command('Concede', 'o1', concession))).toEqual([['accepted', undefined], ['refused', 'not-held']])
  expect(await order()).toMatchObject({ inspection: { concession: { by: 'boss', reason: '客戶同意' } } })
  expect(await raised()).toMatchObject([{ kind: 'inspection-failed', settled: { decision: 'accept', by: 'boss' } }])
  expect(await isHeld()).toBe(false)
})
