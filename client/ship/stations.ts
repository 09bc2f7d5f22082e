/** Stations of an order that no gate of its process stands at, and that the same eye looks for: what was read back, and whether the customer knows. */
import { useI18n } from 'petite-vue-i18n'
import { adviceDue, isAfter } from '../../shared/order/advice.ts'
import type { Order } from '../../shared/order/order.ts'
import { shutGates } from '../../shared/process/gate.ts'
import { useFormat } from '../format.ts'

export type Station = {
  id: string
  title: string
  state: 'signed' | 'open' | 'shut' | 'after' | 'owed' | 'free'
  stateWord: string
  overdue?: boolean
  time?: string
  second?: string
  lack?: string
  who?: string
  since?: string
}
/** A read-back that has not left yet: how many clauses are open, which differ, since when. */
export type ReadingNow = { count: number; open: number; differs: { what: string; note: string }[]; names: string; at: string }

export function useStations() {
  const { t } = useI18n()
  const format = useFormat()
  const dot = (...parts: string[]) => parts.filter((part) => part !== '').join(t('shell.dot'))
  const stateWord = (state: 'signed' | 'shut' | 'after' | 'owed') => t(`order.gateStates.${state}`)

  /** `reading`: on the device of who ships. */
  function readBack(order: Order, now: number, reading: ReadingNow | null, who: string): Station | null {
    const station = { id: 'read-back', title: t('ship.readBack.station') }
    const done = (names: string, count: number, at: string): Station => ({ ...station, state: 'signed', stateWord: stateWord('signed'), time: format.dayTime(at, now), second: t('ship.readBack.stationDone', { names, count }) })
    const { shipment } = order
    if (shipment) {
      const { readBack: said } = shipment
      if (!said) return { ...station, state: 'after', stateWord: stateWord('after'), second: t('ship.readBack.stationNone') }
      const other = said.clauses.filter(({ ok }) => !ok)
      const heard = done(format.list([shipment.name, said.with]), said.clauses.length, said.at)
      if (other.length === 0) return heard
      return { ...heard, second: dot(heard.second ?? '', t('ship.readBack.doneDiffers', { count: other.length }), ...other.map(({ note }) => note)) }
    }
    if (order.cancelled || order.departed || order.arrived || order.receipt) return null
    if (!reading || shutGates(order, 'ship').length > 0) return { ...station, state: 'after', stateWord: stateWord('after'), second: t('ship.readBack.stationThen') }
    const [first] = reading.differs
    if (reading.open > 0) return { ...station, state: 'open', stateWord: t('ship.readBack.stationOpen', { count: reading.open }), second: t('ship.readBack.stationOpen', { count: reading.open }) }
    if (first) return { ...station, state: 'shut', stateWord: stateWord('shut'), lack: t('ship.readBack.lack', first), who, since: format.dayTime(reading.at, now) }
    return done(reading.names, reading.count, reading.at)
  }

  /** Nothing before there is something to tell the customer. */
  function advised(order: Order, now: number): Station | null {
    const { advised: told, shipment } = order
    const station = { id: 'advice', title: t('ship.advice.station') }
    if (!shipment || order.cancelled) return null
    if (told) return { ...station, state: 'signed', stateWord: stateWord('signed'), time: format.dayTime(told.at, now), second: dot(t('ship.advice.stationDone', { name: told.name, to: told.to }), told.note) }
    const due = adviceDue(order)
    if (due === null) return { ...station, state: 'after', stateWord: stateWord('after'), second: t('ship.advice.stationMissed') }
    return { ...station, state: 'owed', stateWord: stateWord('owed'), time: format.left(due, now), overdue: isAfter(new Date(now).toISOString(), due), second: t('ship.advice.stationOwed') }
  }
  return { readBack, advised }
}
