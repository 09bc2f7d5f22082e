/** An order in words: what its rows and its timeline say, in the person's language. */
import { useI18n } from 'petite-vue-i18n'
import type { OrderEvent } from '../../shared/order/events.ts'
import type { FormField, Line } from '../../shared/order/form.ts'
import type { Order } from '../../shared/order/order.ts'
import { PHASES } from '../../shared/order/stage.ts'
import { goodsOf } from '../../shared/order/raise.ts'
import type { PromiseState, Wait } from '../../shared/order/waits.ts'
import type { Role } from '../../shared/people/role.ts'
import { useExplain } from '../explain.ts'
import { useFormat } from '../format.ts'
import type { Chip, GoodsShort, RowView } from './row.ts'
import { type Happening, LATE_SAID, SKEW_SAID } from './timeline.ts'

export function useWords() {
  const { t } = useI18n()
  const format = useFormat()
  const explain = useExplain()
  const roles = (all: readonly Role[]) => format.list(all.map((role) => t(`roles.${role}`)))
  /** The name of a field, as it heads the field: written inside sentences it begins small where a language has small letters. */
  function field(name: FormField): string {
    const word = t(`order.fields.${name}`)
    return word.charAt(0).toLocaleUpperCase() + word.slice(1)
  }
  const join = (...parts: (string | undefined)[]) => parts.filter((part) => part).join(t('shell.dot'))

  function goods({ first, more, sum, grams, weighed }: GoodsShort): { first: string; second: string } {
    return {
      first: [first.name, first.spec].filter((part) => part !== '').join(' '),
      second: join(more > 0 ? t('orders.andMore', { count: more + 1 }) : '', sum ? format.quantity(sum.quantity, sum.unit) : '', sum?.unit === 'kg' ? '' : format.weight(grams, weighed)),
    }
  }
  /** What it waits for, then for whom and how long already. */
  function wait(each: Wait, now: number): { first: string; second: string } {
    const since = format.span(now - Date.parse(each.since))
    const who = (name: string | null = null) => join(name ?? roles(each.roles), since)
    switch (each.type) {
      case 'fields':
        return { first: t('order.lacking', { fields: format.list(each.fields.map((field) => t(`order.fields.${field}`))) }), second: who() }
      case 'gate':
        return { first: t(`order.gates.${each.gate}`), second: who() }
      case 'owed':
        return { first: t('orders.owed', { gate: t(`order.gates.${each.gate}`) }), second: join(roles(each.roles), format.left(each.dueAt, now)) }
      case 'step':
        return { first: t(`order.steps.${each.step}`), second: who(each.who) }
      case 'advice':
        return { first: t('orders.calls.advice'), second: join(roles(each.roles), format.left(each.dueAt, now)) }
      case 'check':
        return { first: t('orders.calls.check', { place: each.place || t('orders.calls.way') }), second: join(roles(each.roles), format.left(each.dueAt, now)) }
      case 'exception':
        return { first: t(`order.exceptionActs.${each.act}`), second: who() }
      case 'absent':
        return { first: t(`order.waits.untaken.${each.goods}`, { why: t(`order.waits.untaken.${each.refused ? 'refused' : 'absent'}`) }), second: each.againAt ? join(t('order.waits.again', { time: format.dayTime(each.againAt, now) }), roles(each.roles)) : who() }
      case 'back':
      case 'put-away':
        return { first: t(`order.waits.${each.type}`), second: who() }
    }
  }
  function chip(each: Chip): string {
    if (each.sign === 'blocked') return t('order.gateStates.shut')
    if (each.sign === 'done') return t('order.stages.delivered')
    if (each.sign === null) return t(`order.stages.${each.stage}`)
    if (each.why === 'owed' || each.why === 'late' || each.why === 'at-risk') return t(`orders.chips.${each.why}`)
    return t(`order.exceptions.${each.why}`)
  }
  /** The promised day, and how it stands with it. */
  function promise(order: Order, state: PromiseState, now: number): { first: string; second: string } {
    if (order.promisedAt === null) return { first: t('orders.noPromise'), second: '' }
    // The hour matters on the day itself and the day after.
    const near = Math.abs(Date.parse(order.promisedAt) - now) < 2 * 86_400_000 && format.day(order.promisedAt, now) !== format.dateLong(order.promisedAt)
    const first = near ? `${format.day(order.promisedAt, now)} ${format.time(order.promisedAt)}` : format.dateLong(order.promisedAt)
    switch (state.state) {
      case 'none':
        return { first, second: '' }
      case 'kept':
        return { first, second: t('orders.kept') }
      case 'missed':
        return { first, second: t('orders.missed', { time: format.span(state.byMs) }) }
      case 'safe':
      case 'at-risk':
      case 'late':
        return { first, second: format.left(order.promisedAt, now) }
    }
  }
  function phase(order: Order, view: Pick<RowView, 'phase'>): string {
    if (order.cancelled) return t('order.phaseLineCancelled')
    const at = PHASES[view.phase]
    return at ? t('order.phaseLine', { phase: t(`order.phases.${at}`) }) : t('order.phaseLineDone')
  }

  const named = (order: Order, line: number, quantity: number, lot = '') => explain.goods(goodsOf(order, line, quantity, lot))
  function event(order: Order, each: OrderEvent): string {
    const say = (words: Record<string, unknown> = {}) => t(`order.events.${each.type}`, words)
    switch (each.type) {
      case 'OrderCancelled':
      case 'EmergencyMarked':
        return say({ reason: each.reason })
      case 'GateSigned':
        return say({ gate: t(`order.gates.${each.gate}`) })
      case 'GateWithdrawn':
        return say({ gate: t(`order.gates.${each.gate}`), reason: each.reason })
      case 'NoticeOverridden':
        return say({ reason: each.override.reason, due: `${format.date(each.override.dueAt)} ${format.time(each.override.dueAt)}` })
      case 'SequenceSet':
        return each.sequence === null ? t('order.events.SequenceCleared') : say({ sequence: each.sequence })
      case 'PutOnTrip':
        return say({ number: each.trip.number, stop: each.trip.stop })
      case 'StopMoved':
        return say({ stop: each.stop })
      case 'LinePicked':
        return say({ goods: named(order, each.pick.line, each.pick.quantity, each.pick.lot), from: each.pick.from || t('orders.nowhere') })
      case 'PickPutBack': {
        const pick = order.picks.find(({ command }) => command === each.pick)
        return say({ goods: pick ? named(order, pick.line, each.quantity, pick.lot) : format.number(each.quantity) })
      }
      case 'ShortReported':
        return say({ goods: named(order, each.short.line, each.short.quantity), reason: t(`order.shortReasons.${each.short.reason}`) })
      case 'OrderInspected':
        return say({ result: t(`order.results.${each.inspection.result}`) })
      case 'GoodsConceded':
        return say({ reason: each.reason })
      case 'OrderPacked':
        return say({ count: each.packages.length })
      case 'OrderLoaded':
        return say({ vehicle: each.loading.vehicle, count: each.loading.packages })
      case 'OrderShipped':
        return say({ number: each.shipment.deliveryOrder })
      case 'CustomerAdvised':
        return say({ to: each.to })
      case 'CheckReported':
        return say({ place: each.check.place || t('orders.calls.way') })
      case 'ReceiptSigned':
        return say({ name: each.receipt.receiver.name })
      case 'CashTaken': {
        const { taken, handed, change } = each.cash
        const amount = format.money(taken, order.currency)
        return handed === undefined ? say({ amount }) : t('order.events.CashChanged', { amount, handed: format.money(handed, order.currency), change: format.money(change ?? 0, order.currency) })
      }
      case 'CustomerAbsent':
        return t(`order.events.${each.absence.why === 'refused' ? 'CustomerRefused' : 'CustomerAbsent'}`, { after: each.absence.after ? t(`order.events.after.${each.absence.after}`) : '' })
      case 'GoodsReturned':
        return say({ goods: format.list(each.back.goods.map(explain.goods)) })
      case 'GoodsPutAway':
        return say({ goods: named(order, each.line, each.quantity, each.lot), to: each.to || t('orders.nowhere') })
      case 'ProblemReported':
        return say({ what: t(`order.problems.${each.problem.what}`) })
      case 'ExceptionRaised':
        return say({ kind: t(`order.exceptions.${each.exception.kind}`) })
      case 'ExceptionSettled':
        return say({ decision: t(`order.decisions.${each.decision}`) })
      case 'ClaimTakenOver':
        return each.to ? t('orders.handedOn', { name: each.from.name, to: each.to.name }) : say({ name: each.from.name })
      case 'GoodsHandedOver':
        return say({ count: each.picks.length })
      case 'OrderSplit':
      case 'RestOrdered':
        return say({ number: each.form.number })
      case 'LineSubstituted':
        return say({ goods: `${each.line.name}${t('shell.dot')}${format.quantity(each.line.quantity, each.line.unit)}`, instead: each.instead.name })
      case 'OrderPlaced':
      case 'OrderChanged':
      case 'OrderClaimed':
      case 'ClaimReleased':
      case 'TakenOffTrip':
      case 'ShortTakenBack':
      case 'PickingFinished':
      case 'PickingReopened':
      case 'OrderDeparted':
      case 'OrderArrived':
      case 'ReceiptAmended':
      case 'ShipmentUndone':
        return say()
    }
  }
  /** What the person wrote beside it, if anything. */
  function note(each: OrderEvent): string {
    if (each.type === 'GateSigned' || each.type === 'ExceptionSettled' || each.type === 'CustomerAdvised') return each.note
    if (each.type === 'OrderInspected') return each.inspection.reason
    if (each.type === 'CheckReported') return each.check.note
    if (each.type === 'ProblemReported') return each.problem.note
    if (each.type === 'ReceiptAmended') return each.amendment.reason
    if (each.type === 'CustomerAbsent') return each.absence.note
    if (each.type === 'GoodsReturned') return each.back.note
    if (each.type === 'LineSubstituted') return each.agreed
    return each.type === 'CashTaken' ? each.cash.reason : ''
  }
  /** Who, on which device, how well its clock was known, and how much later the server heard of it. */
  function witness({ act, device, clock, event: each }: Happening): string {
    const late = clock && clock.late >= LATE_SAID ? t('orders.recordedLater', { time: format.span(clock.late) }) : ''
    const skewed = clock && Math.abs(clock.skew) >= SKEW_SAID ? t('orders.skewed', { time: format.span(clock.skew) }) : ''
    const error = clock?.error == null ? '' : t('orders.clockError', { seconds: Math.max(1, Math.ceil(clock.error / 1000)) })
    return join(note(each), act.name, device, error, late, skewed)
  }
  const list = format.list
  /** Goods of a line, so many of them. */
  const amountOf = (line: Line, quantity: number) => join(line.name, format.quantity(quantity, line.unit))
  return { list, named: amountOf, field, goods, wait, chip, promise, phase, event, witness, roles, join }
}
