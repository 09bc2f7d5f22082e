/** Why an order stands where it stands in a work list, and whether one may start it: asked of the rules, said in words. */
import { useI18n } from 'petite-vue-i18n'
import { whyNot } from '../../shared/order/offer.ts'
import { type Order, openOf } from '../../shared/order/order.ts'
import { type Step, stageOf, stepOf } from '../../shared/order/stage.ts'
import type { Refusal } from '../../shared/order/refusal.ts'
import type { Actor, Role } from '../../shared/people/role.ts'
import { shutGates } from '../../shared/process/gate.ts'
import { ROLES_OF } from '../../shared/order/waits.ts'
import { rankReasons, type Ranking } from '../../shared/work/rule.ts'
import { useFormat } from '../format.ts'
import type { IconName } from '../ui/icons.ts'
import type { State } from '../ui/states.ts'

/** Steps of the floor, each with its screen. */
export const FLOOR_STEPS = ['pick', 'inspect', 'pack', 'load', 'ship'] as const
export type FloorStep = (typeof FLOOR_STEPS)[number]
export const isFloorStep = (step: string | undefined): step is FloorStep => FLOOR_STEPS.some((each) => each === step)

/** Where an order goes on: the screen of its next step, its own page where the floor has none. */
export function wayOn(order: Order): { name: string; params: { order: string } } {
  const step = stepOf(order)
  return { name: isFloorStep(step) ? step : 'order', params: { order: order.id } }
}

/** The steps that are a person's work; a supervisor may stand in anywhere. */
export function stepsOf(roles: readonly Role[]): FloorStep[] {
  return FLOOR_STEPS.filter((step) => roles.includes('supervisor') || ROLES_OF[step].some((role) => roles.includes(role)))
}

/** Why one may not begin a step of an order now, or null. Held goods can be looked at again: that is no reason against. */
export function startRefusal(order: Order, step: FloorStep, actor: Actor, now: string): Refusal | null {
  if (step === 'pick') return whyNot(order, { type: 'ClaimOrder' }, actor, now)
  if (step === 'ship') {
    const [shut] = shutGates(order, 'ship')
    if (shut) return { type: 'gate-shut', gate: shut.gate.id, waitsFor: [shut.gate.id] }
  }
  return null
}

export type Why = { icon?: IconName; state?: State; word?: string; text: string }

export function useStanding() {
  const { t } = useI18n()
  const format = useFormat()

  /** What counted most for its place. `first`: it leads its list; `risen`: since when it waits, if it rose above the rules. */
  function whyHere(order: Order, ranking: Ranking, now: number, { first, risen }: { first: boolean; risen: string | undefined }): Why[] {
    const [reason] = rankReasons(order, ranking, now, risen ?? null)
    switch (reason?.type) {
      case undefined:
        return []
      case 'emergency':
        return [{ icon: 'bolt', text: t('work.why.emergency', { name: reason.name, time: format.dayTime(reason.at, now), reason: reason.reason }) }]
      case 'risen':
        return [{ icon: 'up', text: t('work.why.risen', { time: format.span(now - Date.parse(reason.since)) }) }]
      case 'shortest':
        return [{ icon: 'clock', text: t('work.why.shortest', { minutes: format.number(reason.minutes) }) }]
      case 'sequence':
        return [{ icon: 'list', text: reason.sequence === null ? t('work.why.noSequence') : t('work.why.sequence', { sequence: format.number(reason.sequence) }) }]
      case 'simplest': {
        const lines = t('work.lines', { count: reason.lines })
        return [{ icon: 'list', text: t('work.why.simplest', { size: reason.grams > 0 ? t('work.amount', { lines, goods: format.weight(reason.grams) }) : lines }) }]
      }
      case 'slack':
        if (reason.startBy === null || reason.leftMs === null) return [{ icon: 'clock', text: t('work.why.noPromise') }]
        return [{ icon: 'clock', text: t(reason.leftMs < 0 ? 'work.why.lateStart' : 'work.why.startBy', { time: format.dayTime(reason.startBy, now) }) }]
      case 'received':
        return [{ icon: 'calendar', text: t('work.why.received', { time: format.dayTime(reason.at, now) }) }]
      case 'promised':
        if (reason.leftMs === null) return [{ icon: 'clock', text: t('work.why.noPromise') }]
        return [{ icon: 'clock', text: t(reason.leftMs < 0 ? 'work.why.late' : first ? 'work.why.nearest' : 'work.why.promised') }]
    }
  }

  /** What stands against beginning it: shut gates with what lacks, who can sign and since when; somebody's claim; a hold. */
  function against(order: Order, step: Step, actor: Actor, now: number): Why[] {
    const whys: Why[] = []
    const held = step === 'pick' ? shutGates(order, 'pick') : step === 'ship' || step === 'load' ? shutGates(order, 'ship') : []
    for (const { gate, signs, since, waitsFor } of held)
      if (waitsFor.length === 0)
        whys.push({
          state: 'blocked',
          word: t('order.gateStates.shut'),
          text: t('work.shut', { lack: t(`order.gateLacks.${gate.id}`), who: format.list(signs.map((role) => t(`roles.${role}`))), since: format.dayTime(since, now) }),
        })
    if (step === 'pick' && order.claim)
      whys.push(
        order.claim.by === actor.person
          ? { icon: 'hand', text: t('work.mine', { count: order.lines.filter((line) => openOf(order, line) > 0).length }) }
          : { icon: 'person', text: t('work.claimed', { name: order.claim.name, time: format.dayTime(order.claim.at, now) }) },
      )
    if (stageOf(order) === 'held' && order.inspection)
      whys.push({
        state: 'exception',
        word: t(`order.results.${order.inspection.result}`),
        text: t('work.held', { name: order.inspection.name, time: format.dayTime(order.inspection.at, now), reason: order.inspection.reason }),
      })
    return whys
  }

  /** 3 lines, 14 rolls; weight apart. */
  function amount(order: Order): string {
    const unit = order.lines[0]?.unit
    const lines = t('work.lines', { count: order.lines.length })
    if (!unit || order.lines.some((line) => line.unit !== unit)) return lines
    return t('work.amount', { lines, goods: format.quantity(order.lines.reduce((sum, line) => sum + line.quantity, 0), unit) })
  }

  /** The time today, the day otherwise; and how long that leaves. */
  function due(order: Order, now: number): { due?: string; left?: string } {
    const at = order.promisedAt
    if (at === null) return {}
    const late = Date.parse(at) < now
    if (format.dayKey(at) === format.dayKey(now)) return { due: format.time(at), left: format.left(at, now) }
    const day = format.day(at, now)
    const date = format.dateLong(at)
    // A day that has no name of its own is set short: the weekday goes under it.
    return day === date ? { due: format.date(at), left: late ? format.left(at, now) : format.time(at) } : { due: day, left: late ? format.left(at, now) : date }
  }
  return { whyHere, against, amount, due }
}
