/** More than a site's doors take in a minute: orders and products put straight into the server's file, made by the rules all the same. */
import { join } from 'node:path'
import type { DocChange } from '../../server/log/log.ts'
import { openSqliteLog } from '../../server/log/sqlite/log.ts'
import { decide, fold } from '../../shared/order/decide.ts'
import type { Asked, Payload } from '../../shared/order/commands.ts'
import type { Order } from '../../shared/order/order.ts'
import type { Actor } from '../../shared/people/role.ts'
import type { Product } from '../../shared/product/product.ts'
import { uuidv7 } from '../../shared/sync/id.ts'
import { form, random } from './mill.ts'

const PAGE = 2000
/** A product is scanned by its number, its bar code and its lots. */
const LOTS = 9
/** A site keeps what it has closed; what is open is a few weeks' work. */
const OPEN = 2000

export async function fill(directory: string, site: string, { orders, codes, shelves, from }: { orders: number; codes: number; shelves: readonly Product[]; from: number }): Promise<void> {
  const log = await openSqliteLog({ file: join(directory, 'countersign.sqlite'), random })
  const now = Date.now()
  const at = new Date(now).toISOString()
  const actor: Actor = { person: 'office', name: '陳主管', roles: ['service', 'service-supervisor'], site, device: 'office' }
  const put = async (count: number, make: (i: number) => DocChange['after']) => {
    for (let i = 0; i < count; i += PAGE) {
      const changes = Array.from({ length: Math.min(PAGE, count - i) }, (_, n): DocChange => ({ before: null, after: make(i + n) }))
      await log.write((tx) => tx.putDocs(site, changes, at))
    }
  }
  await put(Math.ceil(codes / (LOTS + 2)), (i) => {
    const stock = Array.from({ length: LOTS }, (_, n) => ({ location: `B-${1 + (i % 40)}-${n}`, lot: `L-${i}-${n}`, quantity: 10, grams: 0, receivedOn: at.slice(0, 10) }))
    return { body: { kind: 'product', id: uuidv7(now, random), site, version: 1, sku: `ZZ-${i}`, name: `文具 ${i}`, spec: '', unit: 'box', grams: 500, barcode: `471${String(i).padStart(9, '0')}`, stock }, applied: {} }
  })
  await put(orders, (i) => {
    const id = uuidv7(now, random)
    const payload = form(from + i, shelves, { lines: 3, rolls: 1, now })
    return { body: orderOf(id, payload, i >= OPEN, actor, at), applied: {} }
  })
  await log.close()
}

function orderOf(doc: string, payload: Payload<'PlaceOrder'>, closed: boolean, actor: Actor, at: string): Order {
  let order: Order | null = null
  const given = [{ type: 'PlaceOrder', payload }, { type: 'SignGate', payload: { gate: 'confirmation', note: '' } }, ...(closed ? [{ type: 'CancelOrder', payload: { reason: '不要了' } }] : [])]
  for (const each of given) {
    const answer = decide(order, { ...each, id: uuidv7(Date.parse(at), random), doc, at, signed: true } as Asked, actor)
    if ('refuse' in answer) throw new Error(`${each.type} was refused: ${answer.refuse.type}`)
    order = fold(order, answer.accept, doc)
  }
  if (!order) throw new Error('no order')
  return order
}
