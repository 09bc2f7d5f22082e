import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Problem } from '../../../shared/sync/wire.ts'
import { ownDeviceId } from '../../../server/people/own-device.ts'
import { form, openFloor } from '../floor.ts'
import { type ImportDesk, importDesk, openImportDesk } from './desk.ts'

const HEADER = 'Order,Customer,SKU,Product,Qty,Price\n'
const ORDERS = `${HEADER}S-1,Lin,BX-204,Kraft,12,1200\nS-1,Lin,BX-205,Card,3,900\nS-2,Chen,BX-204,Kraft,1,1200\n`
const typeOf = async (reply: Response) => [reply.status, ((await reply.json()) as Problem).type]

describe('imports', () => {
  let desk: ImportDesk
  beforeEach(async () => {
    desk = await openImportDesk()
  })
  afterEach(() => desk.floor.end())

  test('nobody but sales and customer service may import', async () => {
    for (const role of ['warehouse', 'driver', 'finance', 'shipper', 'quality', 'supervisor'] as const) {
      const other = await importDesk(desk.floor, 'north', role)
      expect(await typeOf(await other.ask('POST', ''))).toEqual([403, 'forbidden'])
    }
    for (const role of ['sales', 'service-supervisor'] as const) expect((await (await importDesk(desk.floor, 'north', role)).ask('POST', '')).status).toBe(201)
    expect(await typeOf(await desk.ask('POST', '', null, { Grant: 'forged' }))).toEqual([401, 'no-grant'])
  })

  test('an import of another site is not there, whatever is asked of it', async () => {
    await desk.files({ 'orders.csv': ORDERS })
    await desk.preview()
    await desk.floor.site('south')
    const other = await importDesk(desk.floor, 'south', 'service')
    for (const [method, path, body] of [
      ['GET', '', null],
      ['PUT', '/files/orders.csv', ORDERS],
      ['PATCH', '/files/orders.csv', '{}'],
      ['DELETE', '/files/orders.csv', null],
      ['POST', '/preview', '{}'],
      ['POST', '/take', null],
      ['GET', '/problems.csv', null],
      ['DELETE', '', null],
    ] as const)
      expect([method, path, ...(await typeOf(await other.ask(method, `/${desk.id}${path}`, body)))]).toEqual([method, path, 404, 'import-gone'])
    expect((await desk.state()).files).toHaveLength(1)
  })

  test('what is taken was placed by the person, under a device of the import’s own, and the desk’s own sequence goes on', async () => {
    expect((await desk.phone.sync([desk.phone.command('PlaceOrder', 'o1', form('N-1'))])).lastSeq).toBe(1)
    await desk.files({ 'orders.csv': ORDERS })
    await desk.preview()
    expect(await desk.take()).toMatchObject({ orders: 2, lines: 3, refused: [] })
    const order = (await desk.orders()).get('S-1')
    expect(order?.placed).toMatchObject({ by: 'clerk-north-service', device: ownDeviceId('import', 'north') })
    // In the history it has no name: it says nothing to anybody.
    expect(await (await desk.phone.call('GET', `/api/orders/${order?.id}/history`)).json()).toHaveProperty('devices', {})
    const devices = await desk.floor.log.read((tx) => tx.devices('north'))
    expect(devices.map(({ id, number, lastSeq }) => [id, number, lastSeq])).toEqual([['import-north', 0, 2], ['desk-north-service', 1, 1]])
    const reply = await desk.phone.sync([desk.phone.command('PlaceOrder', 'o2', form('N-2'))])
    expect(reply).toMatchObject({ lastSeq: 2, stopped: null, verdicts: [{ verdict: 'accepted' }] })
  })

  test('what is taken reaches the phones by sync, like any other order', async () => {
    await desk.phone.sync()
    await desk.files({ 'orders.csv': ORDERS })
    await desk.preview()
    await desk.take()
    const page = (await desk.phone.sync()).scopes['site:north']
    expect(page?.ops.map((op) => 'put' in op && op.put.body.kind === 'order' && op.put.body.number)).toEqual(['S-1', 'S-2'])
  })

  test('the same file twice makes no second order; a new order in it is taken alone', async () => {
    await desk.files({ 'orders-2026-11-24.csv': ORDERS })
    await desk.preview()
    await desk.take()
    const before = await desk.orders()
    await desk.files({ 'orders-2026-11-25.csv': `${ORDERS}S-3,Wu,BX-204,Kraft,2,1200\n` })
    expect(await desk.preview()).toMatchObject({ source: 'orders', orders: 1, lines: 1, alreadyHere: 2 })
    expect(await desk.take()).toMatchObject({ orders: 1, alreadyHere: 2 })
    // A hand that taps twice is told once more what came of it, not that all was here before.
    const twice = await Promise.all([desk.take(), desk.take()])
    expect(twice).toMatchObject([{ orders: 1, alreadyHere: 2 }, { orders: 1, alreadyHere: 2 }])
    await desk.preview()
    expect(await desk.take()).toMatchObject({ orders: 0, alreadyHere: 3 })
    const after = await desk.orders()
    expect([...after.keys()].sort()).toEqual(['S-1', 'S-2', 'S-3'])
    expect(after.get('S-1')).toEqual(before.get('S-1'))
  })

  test('two people who take the same file at once place each order once', async () => {
    const other = await importDesk(desk.floor, 'north', 'sales')
    for (const each of [desk, other]) {
      await each.files({ 'orders.csv': ORDERS })
      await each.preview()
    }
    const taken = await Promise.all([desk.take(), other.take()])
    expect(taken.map(({ orders, alreadyHere }) => [orders, alreadyHere])).toEqual([[2, 0], [0, 2]])
  })

  test('the same number from another source is another order', async () => {
    await desk.files({ 'orders.csv': ORDERS })
    await desk.preview({ source: 'Shop' })
    await desk.take()
    await desk.preview({ source: 'Fair' })
    expect(await desk.take()).toMatchObject({ orders: 2, alreadyHere: 0 })
  })

  test('how a source is read is remembered, under any name of the file', async () => {
    const odd = 'Ref,Who,Goods,Many,Note\nS-1,Lin,BX-204,12,9\nS-2,Chen,BX-205,3,8\n'
    await desk.files({ 'november.csv': odd })
    const column = (n: number) => ({ file: 'november.csv', column: n })
    const columns = { number: column(0), customerName: column(1), sku: column(2), quantity: column(4) }
    await desk.preview({ source: 'Odd shop', columns, constants: { unit: 'box', grade: 'A', terms: 'monthly' }, wholeOnly: true })
    await desk.take()
    const { guess, sources } = await desk.files({ 'export (7).csv': odd })
    expect(sources).toEqual(['Odd shop'])
    expect(guess).toMatchObject({
      remembered: true,
      mapping: { source: 'Odd shop', base: 'export (7).csv', columns: { quantity: { file: 'export (7).csv', column: 4 } }, constants: { unit: 'box', grade: 'A' }, wholeOnly: true },
    })
    // Of another site nothing is remembered.
    await desk.floor.site('south')
    expect((await (await importDesk(desk.floor, 'south', 'service')).files({ 'export.csv': odd })).guess?.remembered).toBe(false)
  })

  test('without a preview nothing is taken, and no file changes under a running job', async () => {
    await desk.files({ 'orders.csv': ORDERS })
    expect(await typeOf(await desk.ask('POST', `/${desk.id}/take`))).toEqual([409, 'import-empty'])
    expect((await desk.ask('POST', `/${desk.id}/preview`, JSON.stringify(await desk.guessed()))).status).toBe(202)
    expect(await typeOf(await desk.put('more.csv', ORDERS))).toEqual([409, 'import-busy'])
    expect(await typeOf(await desk.ask('POST', `/${desk.id}/take`))).toEqual([409, 'import-busy'])
    await desk.settled()
    // Another file: what was shown holds no longer.
    expect((await desk.put('more.csv', ORDERS)).status).toBe(200)
    await desk.settled()
    expect(await typeOf(await desk.ask('POST', `/${desk.id}/take`))).toEqual([409, 'import-empty'])
  })

  test('a file that is taken away is gone, and the guess with it', async () => {
    await desk.files({ 'orders.csv': ORDERS, 'b.csv': 'x,y\n1,2\n' })
    expect((await desk.ask('DELETE', `/${desk.id}/files/orders.csv`)).status).toBe(204)
    const state = await desk.state()
    expect(state.files.map(({ name }) => name)).toEqual(['b.csv'])
    expect(state.guess?.mapping.base).toBe('b.csv')
    expect(await typeOf(await desk.ask('DELETE', `/${desk.id}/files/orders.csv`))).toEqual([404, 'no-file'])
  })

  test('a file that is replaced or taken away while it is read leaves no fault behind', async () => {
    await desk.start()
    for (let i = 0; i < 3; i++) expect((await desk.put('orders.csv', ORDERS.repeat(2000))).status).toBe(200)
    expect((await desk.put('more.csv', ORDERS)).status).toBe(200)
    expect((await desk.ask('DELETE', `/${desk.id}/files/more.csv`)).status).toBe(204)
    expect(await desk.settled()).toMatchObject({ fault: null, files: [{ name: 'orders.csv', status: 'ready', fault: null }] })
    expect(desk.floor.faults).toEqual([])
  })

  test('a name is never a path', async () => {
    await desk.start()
    expect((await desk.put('../../../escape.csv', ORDERS)).status).toBe(200)
    await desk.settled()
    expect((await desk.state()).files[0]?.name).toBe('../../../escape.csv')
    expect((await readdir(join(desk.floor.folder.path, 'imports', desk.id))).sort()).toEqual(['file-1', 'file-1-rows'])
  })

  test('an ended import, and one older than a day, is gone with its files', async () => {
    await desk.files({ 'orders.csv': ORDERS })
    const old = desk.id
    desk.floor.clock.now += 10 * 3_600_000
    await desk.files({ 'orders.csv': ORDERS })
    expect((await desk.ask('DELETE', `/${desk.id}`)).status).toBe(204)
    expect(await typeOf(await desk.ask('GET', `/${desk.id}`))).toEqual([404, 'import-gone'])
    desk.floor.clock.now += 14 * 3_600_000
    await desk.phone.signIn({ id: 'clerk-north-service', site: 'north', roles: ['service'] })
    desk.language = 'zh-TW'
    const reply = await desk.ask('GET', `/${old}`)
    expect(reply.status).toBe(404)
    expect(await reply.json()).toMatchObject({ title: '沒有這次匯入' })
    desk.language = 'en'
    await desk.files({ 'orders.csv': ORDERS })
    expect(await readdir(join(desk.floor.folder.path, 'imports'))).toEqual([desk.id])
  })

  test('after a restart the import is gone, what was taken is not, and its files are cleared away', async () => {
    await desk.files({ 'orders.csv': ORDERS })
    await desk.preview()
    await desk.take()
    await desk.floor.close()
    const again = await openFloor(desk.floor.folder)
    const other = await importDesk(again, 'north', 'sales')
    expect(await typeOf(await other.ask('GET', `/${desk.id}`))).toEqual([404, 'import-gone'])
    await other.files({ 'orders.csv': ORDERS })
    expect(await readdir(join(again.folder.path, 'imports'))).toEqual([other.id])
    expect(await other.preview()).toMatchObject({ orders: 0, alreadyHere: 2 })
    await again.close()
  })

  test('a supervisor who locks the device of imports stops them', async () => {
    await desk.files({ 'orders.csv': ORDERS })
    await desk.preview()
    await desk.take()
    await desk.floor.log.write((tx) => tx.saveDevice(ownDeviceId('import', 'north'), { revokedAt: '2026-11-24T09:00:00.000Z' }))
    await desk.files({ 'orders.csv': `${ORDERS}S-3,Wu,BX-204,Kraft,2,1200\n` })
    await desk.preview()
    await desk.ask('POST', `/${desk.id}/take`)
    expect(await desk.settled()).toMatchObject({ taken: null, fault: { type: 'device-revoked' } })
  })
})
