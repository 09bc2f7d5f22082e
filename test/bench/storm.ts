/** Phones that were out of reach come back all at once: until each is empty and holds what the server holds. */
import type { Order } from '../../shared/order/order.ts'
import { startProcess } from '../support/process.ts'
import { type Bare, openBare } from './bare-fleet.ts'
import { costOf } from './cost.ts'
import { holdingOf, openCrew, seatsFor, spread, standingOf } from './crew.ts'
import type { Pick } from './crew-process.ts'
import { type Counted, openRelay } from './line.ts'
import { foundMill } from './mill.ts'

/** `lines`: how many lines of an order a phone picks before it goes on to the next. */
export type Size = { phones: number; picks: number; orders: number; lines: Order['lines'][number]['no'] }
/** `seconds` until all hold the same, `judged` until the last command had its verdict; `phones` is CPU of all of them, s. */
export type Stormed = {
  seconds: number
  judged: number
  server: { cpu: number; peak: number }
  wire: Counted
  requests: number
  phones: number
  bare: { seconds: number; cpu: number; peak: number; wire: Counted }
}

const LINES = 5

export async function storm({ phones, picks, orders, lines }: Size): Promise<Stormed> {
  const server = await startProcess()
  const relay = await openRelay(Number(new URL(server.url).port))
  const bare = await openBare()
  try {
    const mill = await foundMill(server, { orders, lines: LINES, rolls: 50 })
    const crew = await openCrew(`http://localhost:${relay.port}`, spread(await seatsFor(server, mill, phones)))
    await crew.all('leave', null)
    const all = crew.groups.flat()
    await crew.each('pick', (group) => ({ picks: (crew.groups[group] ?? []).map((seat) => picksOf(mill.orders, all.indexOf(seat), { phones, picks, lines })) }))
    relay.count()
    const before = costOf(server.pid())
    const began = performance.timeOrigin + performance.now()
    await crew.all('back', null)
    const changedAt = await converged(() => crew.all('standing', standingOf(server)))
    const wire = relay.count()
    const cost = costOf(server.pid(), before)
    const accounts = await crew.all('account', null)
    const wanted = holdingOf(server)
    const other = (await crew.all('holdings', null)).flat().filter((each) => each !== wanted)
    if (other.length > 0) throw new Error(`${other.length} of ${phones} phones hold something else than the server`)
    await crew.end()
    const requests = accounts.reduce((sum, each) => sum + each.requests, 0)
    return {
      seconds: (changedAt - began) / 1000,
      judged: (standingOf(server).judgedAt - began) / 1000,
      server: cost,
      wire,
      requests,
      phones: accounts.reduce((sum, { cpu }) => sum + cpu, 0),
      bare: await barely(bare, { clients: phones, requests, ...wire }),
    }
  } finally {
    await bare.end()
    await relay.end()
    await server.end()
  }
}

/** Each begins elsewhere, so that most orders are picked by more than one. */
function picksOf(orders: readonly string[], phone: number, { phones, picks, lines }: Omit<Size, 'orders'>): Pick[] {
  const places = picks / lines
  const step = Math.max(1, Math.floor(orders.length / (lines === 1 ? places : phones)))
  return Array.from({ length: picks }, (_, n) => {
    const place = Math.floor(n / lines)
    const at = lines === 1 ? place * step + phone : phone * step + place
    return { doc: orders[at % orders.length] ?? '', line: 1 + (n % lines) }
  })
}

/** When the last table changed. Asked seldom: asking takes of the phones' time. */
async function converged(ask: () => Promise<{ behind: number; changedAt: number }[]>): Promise<number> {
  for (const end = Date.now() + 240_000; Date.now() < end; ) {
    await new Promise((done) => setTimeout(done, 250))
    const standing = await ask()
    if (standing.every(({ behind }) => behind === 0)) return Math.max(...standing.map((each) => each.changedAt))
  }
  throw new Error('the phones do not come together')
}

async function barely(bare: Bare, load: Counted & { clients: number; requests: number }): Promise<Stormed['bare']> {
  const { ms, cost } = await bare.storm(load)
  return { seconds: ms / 1000, cpu: cost.cpu, peak: cost.peak, wire: { up: load.up, down: load.down } }
}
