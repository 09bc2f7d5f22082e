/** A doc: the folded state that devices hold, whatever it is of. Decides and folds any command on any doc. */
import { type Asked, COMMANDS, isFact } from '../order/commands.ts'
import { decide } from '../order/decide.ts'
import type { OrderEvent } from '../order/events.ts'
import { evolve } from '../order/evolve.ts'
import type { Act, Order } from '../order/order.ts'
import type { Refusal } from '../order/refusal.ts'
import type { Actor } from '../people/role.ts'
import type { Person } from '../people/person.ts'
import type { Product } from '../product/product.ts'
import type { Site } from '../site/site.ts'
import { STOCK_COMMANDS, type StockCommand } from '../stock/commands.ts'
import { decideStock } from '../stock/decide.ts'
import type { StockEvent } from '../stock/events.ts'
import { evolveStock } from '../stock/evolve.ts'
import { TRIP_COMMANDS, type TripCommand, type TripEvent } from '../trip/commands.ts'
import { decideTrip, evolveTrip } from '../trip/decide.ts'
import type { Trip } from '../trip/trip.ts'

export type Body = Order | Trip | Person | Product | Site
/** `applied`: per device the last sequence number whose effect this copy holds, so that a replay never doubles one. */
export type Doc<B extends Body = Body> = { body: B; applied: { [device: string]: number } }
/** `BodyPut`: a person, product or site as it is from now on; `act` says who wrote it, at which door. */
export type BodyPut = { type: 'BodyPut'; act?: Act; body: Person | Product | Site }
export type DocEvent = OrderEvent | TripEvent | StockEvent | BodyPut
export type DocCommand = Asked | TripCommand | StockCommand
export type DocCommandType = DocCommand['type']

export const ALL_COMMANDS = { ...COMMANDS, ...TRIP_COMMANDS, ...STOCK_COMMANDS }

export function isDocCommandType(type: string): type is DocCommandType {
  return Object.hasOwn(ALL_COMMANDS, type)
}
export function isTripCommand(command: DocCommand): command is TripCommand {
  return Object.hasOwn(TRIP_COMMANDS, command.type)
}
export function isStockCommand(command: DocCommand): command is StockCommand {
  return Object.hasOwn(STOCK_COMMANDS, command.type)
}
export function isFactType(type: string): boolean {
  return isDocCommandType(type) && ALL_COMMANDS[type].kind === 'fact'
}

/** The answer of the rules. A fact on a missing doc is `no-order`: the server keeps it in quarantine, never drops it. */
export function decideDoc(doc: Doc | null, command: DocCommand, actor: Actor): { accept: DocEvent[] } | { refuse: Refusal } {
  const body = doc?.body ?? null
  if (isTripCommand(command)) return decideTrip(body?.kind === 'trip' ? body : null, command, actor)
  if (isStockCommand(command)) return decideStock(body?.kind === 'product' ? body : null, command, actor)
  const order = body?.kind === 'order' ? body : null
  if (isFact(command) && !order) return { refuse: { type: 'no-order' } }
  return decide(order, command, actor)
}

/** One event onto a body. */
export function evolveBody(body: Body | null, event: DocEvent, id: string): Body {
  if (event.type === 'BodyPut') return event.body
  if (event.type === 'TripPlanned' || event.type === 'TripChanged') return evolveTrip(body?.kind === 'trip' ? body : null, event, id)
  if (isStockEvent(event)) return evolveStock(body?.kind === 'product' ? body : null, event, id)
  return evolve(body?.kind === 'order' ? body : null, event, id)
}
const STOCK_EVENTS: { readonly [type in StockEvent['type']]: true } = { StockReceived: true, StockMoved: true, StockCounted: true, StockBooked: true, StockReleased: true, StockSettled: true, ProductCorrected: true }
export const isStockEvent = (event: DocEvent): event is StockEvent => Object.hasOwn(STOCK_EVENTS, event.type)

/** The events of one command onto a doc. No event leaves it as it is. */
export function foldDoc(doc: Doc | null, events: readonly DocEvent[], id: string, by: { device: string; seq: number }): Doc | null {
  if (events.length === 0) return doc
  const body = events.reduce<Body | null>((state, event) => evolveBody(state, event, id), doc?.body ?? null)
  return body && { body, applied: { ...doc?.applied, [by.device]: by.seq } }
}

/** The scopes whose devices may hold this doc: the site, the people of the site, a driver's trips. */
export function scopesOf(body: Body): string[] {
  switch (body.kind) {
    case 'person':
    case 'site':
      return [`people:${body.site}`]
    case 'product':
      return [`site:${body.site}`]
    case 'trip':
      return [`site:${body.site}`, `driver:${body.site}:${body.driver}`]
    case 'order':
      return body.trip ? [`site:${body.site}`, `driver:${body.site}:${body.trip.driver}`] : [`site:${body.site}`]
  }
}

/** What a person may hold on a device (DESIGN §4): a driver's device gets only the own trips. */
export function scopesFor(actor: Actor): string[] {
  const people = `people:${actor.site}`
  const driver = actor.roles.includes('driver') ? [`driver:${actor.site}:${actor.person}`] : []
  return actor.roles.some((role) => role !== 'driver') ? [people, `site:${actor.site}`] : [people, ...driver]
}
