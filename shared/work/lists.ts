/**
 * The lists a doc stands in, as `list|rank`: a range of one index is a sorted list, and the number of its entries is a figure
 * that is kept and never counted (client/docs.ts). Whoever adds a list adds it here, and nowhere else.
 *
 *   <step>.<ranking>  orders by the step that has to act next, ranked by the site's work rules (M2, rule.ts); always by promised date, too
 *   <step>.rise       those of them that may rise above the rules, by since when they are there (rise.ts)
 *   open · closed     orders by promised date · by when they were delivered or cancelled
 *   all               orders by when they were placed
 *   open.<grade> · closed.<grade> · all.<grade>   the same, of customers of one grade
 *   stuck             orders nobody can go on with before somebody signs, decides or fills in, by promised date
 *   wait.<gate>       orders whose gate can be signed now, by promised date
 *   owed              orders that owe a gate after an override (the notice, the release), by when it is due (M17)
 *   advise            orders whose customer has to be told how the goods come, by when (M20)
 *   checks            orders on their way that are to be asked after, by when (M22)
 *   exceptions        orders with an open exception, by when the oldest was raised
 *   claimed:<person>  orders somebody has claimed and not finished picking
 *   absent            orders that went out and nobody took, to be delivered again: by when to try (or since when)
 *   back              orders of which something has to come back to the house, by when that was said
 *   put-away          orders of which something came back and lies in no place yet, by since when
 *   owing:<person>    orders in which that person's goods lie and that are somebody else's now (handover.ts)
 *   unplanned         orders on no trip that have not left, by promised date
 *   trip:<trip>       orders of a trip, by stop
 *   lots:<sku>        orders of which a lot of a product was inspected by a standard, by when it was last
 *   trips · trips:<driver>   trips by planned time
 *   questions         products with an open question of their stock, by when the oldest was raised
 *   held              products of which something lies there that nobody may take yet, by since when
 *   products · people · site
 */
import { adviceDue, checkDue } from '../order/advice.ts'
import type { Grade } from '../order/form.ts'
import { inspectionsOf, openExceptions, type Order } from '../order/order.ts'
import { stepOf, STEPS } from '../order/stage.ts'
import { isStuck, putAwaySince, sinceOf } from '../order/waits.ts'
import { undelivered } from '../order/again.ts'
import { dueBackSince } from '../order/back.ts'
import { owing } from '../order/handover.ts'
import { gateStates } from '../process/gate.ts'
import type { Body } from '../sync/doc.ts'
import { mayRise } from './rise.ts'
import { nameOf, rankOf, type Ranking } from './rule.ts'
import { atPlace, codeOf, folded } from './text.ts'

/** `rankings`: those in which the work of the site is listed besides. */
export function listsOf(body: Body, rankings: readonly Ranking[] = []): string[] {
  switch (body.kind) {
    case 'order':
      return orderLists(body, rankings)
    case 'trip':
      return [`trips|${body.plannedAt} ${body.number}`, `trips:${body.driver}|${body.plannedAt} ${body.number}`]
    case 'product': {
      const [oldest] = body.questions ?? []
      const [held] = body.stock.flatMap((each) => (each.held ? [each.receivedOn] : [])).sort()
      return [`products|${body.sku}`, ...(oldest ? [`questions|${oldest.at} ${body.sku}`] : []), ...(held ? [`held|${held} ${body.sku}`] : [])]
    }
    case 'person':
      return body.active ? [`people|${body.name}`] : []
    case 'site':
      return ['site|']
  }
}

const LAST = '9999'

/** By promised date, whatever the site's rules: what the desk and the board ask for. */
const PROMISED: Ranking = ['promised']

function orderLists(order: Order, rankings: readonly Ranking[]): string[] {
  const step = stepOf(order)
  const promised = `${order.promisedAt ?? LAST} ${order.number}`
  const gates = gateStates(order, '')
  const { grade } = order.customer
  const lists = ofGrade('all', grade, `${order.placedAt} ${order.number}`)
  if (step === 'done') lists.push(...ofGrade('closed', grade, `${(order.receipt ?? order.cancelled ?? order.placed).at} ${order.number}`))
  else {
    lists.push(...ofGrade('open', grade, promised))
    if (isStuck(order)) lists.push(`stuck|${promised}`)
    const ranks = new Map([PROMISED, ...rankings].map((ranking) => [nameOf(ranking), rankOf(order, ranking)]))
    for (const [name, rank] of ranks) lists.push(`${step}.${name}|${rank}`)
    if (mayRise(order)) lists.push(`${step}.rise|${sinceOf(order)} ${order.number}`)
    for (const each of gates)
      if ((each.state === 'shut' && each.waitsFor.length === 0) || each.state === 'owed') lists.push(`wait.${each.gate.id}|${promised}`)
    if (!order.trip && !order.departed) lists.push(`unplanned|${promised}`)
  }
  if (order.override && gates.some((each) => each.state === 'owed')) lists.push(`owed|${order.override.dueAt} ${order.number}`)
  const advise = adviceDue(order)
  if (advise !== null) lists.push(`advise|${advise} ${order.number}`)
  const check = checkDue(order)
  if (check) lists.push(`checks|${check.dueAt} ${order.number}`)
  const [oldest] = openExceptions(order)
  if (oldest) lists.push(`exceptions|${oldest.at} ${order.number}`)
  const again = undelivered(order)
  if (again) lists.push(`absent|${again.againAt ?? again.since} ${order.number}`)
  const due = dueBackSince(order)
  if (due !== '') lists.push(`back|${due} ${order.number}`)
  const back = putAwaySince(order)
  if (back) lists.push(`put-away|${back} ${order.number}`)
  if (order.claim && !order.pickingFinished && step === 'pick') lists.push(`claimed:${order.claim.by}|${order.claim.at} ${order.number}`)
  for (const sku of new Set(inspectionsOf(order).flatMap(({ lots = [] }) => lots.map((lot) => lot.sku)))) lists.push(`lots:${sku}|${inspectionsOf(order).at(-1)?.at ?? ''} ${order.number}`)
  for (const person of owing(order)) lists.push(`owing:${person}|${order.claim?.at ?? ''} ${order.number}`)
  if (order.trip) lists.push(`trip:${order.trip.id}|${String(order.trip.stop).padStart(4, '0')} ${order.number}`)
  return lists
}

const ofGrade = (list: string, grade: Grade, rank: string): string[] => [`${list}|${rank}`, `${list}.${grade}|${rank}`]

/** Steps that have a work list. */
export const WORK_STEPS = STEPS.filter((step) => step !== 'done')

/** What a doc is found by when somebody types: number, customer, product codes, lots. For `findsIn`. */
export const textOf = (body: Body): string => [...new Set(wholeWords(saidOf(body)))].join(' ')

/** What may be scanned of a doc, and the places where a product lies as `atPlace`: each as `codeOf` folds it. */
export function codesOf(body: Body): string[] {
  switch (body.kind) {
    case 'order':
      return codesIn([body.number, ...papersOf(body)], goodsCodesOf(body))
    case 'trip':
      return codesIn([body.number])
    case 'product':
      return codesIn([body.sku, body.barcode], body.stock.flatMap(({ lot, supplierLot = '', location }) => [lot, supplierLot, atPlace(location)]))
    case 'person':
    case 'site':
      return []
  }
}
/** The lots that were taken for an order, and its packages. Its numbers are among its words, too. */
export const goodsCodesOf = ({ picks, packages }: Order): string[] => codesIn(picks.map((pick) => pick.lot), packages.map((each) => each.code ?? ''))
const codesIn = (...said: (readonly string[])[]): string[] => [...new Set(said.flat().map(codeOf))].filter((code) => code !== '')
/** The numbers of its delivery orders, also of those whose goods came home. */
const papersOf = ({ shipment, undone = [] }: Order): string[] => [...undone.map((each) => each.shipment), shipment].map((each) => each?.deliveryOrder ?? '')
function saidOf(body: Body): string[] {
  switch (body.kind) {
    case 'order': {
      const { number, customer, lines, picks, trip } = body
      return [number, customer.name, customer.id, ...lines.map((line) => line.sku), ...picks.map((pick) => pick.lot), ...papersOf(body), trip?.number ?? '']
    }
    case 'trip':
      return [body.number, body.driverName, body.vehicle]
    case 'product':
      return [body.sku, body.name, body.barcode, ...body.stock.flatMap(({ lot, supplierLot = '' }) => [lot, supplierLot])]
    case 'person':
      return [body.name]
    case 'site':
      return []
  }
}

const wholeWords = (texts: readonly string[]): string[] => texts.flatMap((text) => folded(text).split(/[\s,;()（）、，]+/u)).filter((word) => word !== '')
