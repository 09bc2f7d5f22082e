/** One phone picks, another sees it: from the finger to the other's tables, while many listen. */
import { setTimeout as pause } from 'node:timers/promises'
import { startProcess } from '../support/process.ts'
import { openBare } from './bare-fleet.ts'
import { type Crew, openCrew, seatsFor, spread } from './crew.ts'
import type { Pick } from './crew-process.ts'
import { openRelay } from './line.ts'
import { foundMill } from './mill.ts'

/** The phones that pick and that look have a process each: what the others do with the news is not their time. */
const WRITER = 0
const READER = 1
const LINES = 5

export type Size = { phones: number; taps: number; orders: number; /** between two taps, ms: until every phone has taken it in */ pace: number }
/** ms of each tap; `bytes` of one, up and down, to all phones; `bare` the same bytes through the bare server */
export type Seen = { times: number[]; everyone: number[]; bytes: number; bare: number[] }

export async function live({ phones, taps, orders, pace }: Size): Promise<Seen> {
  const server = await startProcess()
  const relay = await openRelay(Number(new URL(server.url).port))
  const bare = await openBare()
  try {
    const mill = await foundMill(server, { orders, lines: LINES, rolls: 50 })
    const [writer, reader, ...others] = await seatsFor(server, mill, phones)
    if (!writer || !reader) throw new Error(`${phones} phones are too few`)
    const crew = await openCrew(`http://localhost:${relay.port}`, [[writer], [reader], ...spread(others)])
    await crew.all('listen', null)
    await pause(2 * pace)
    const seen: { time: number; last: number; bytes: number }[] = []
    for (let i = 0; i < taps; i++) {
      relay.count()
      const { tapped, heard } = await tapOn(crew, { doc: mill.orders[i % orders] ?? '', line: 1 + (i % LINES) })
      await pause(pace)
      const { up, down } = relay.count()
      seen.push({ time: (heard[READER]?.[0] ?? Number.NaN) - tapped, last: Math.max(...heard.flat()) - tapped, bytes: up + down })
    }
    await crew.end()
    const bytes = seen.map((each) => each.bytes).sort((a, b) => a - b)[Math.floor(seen.length / 2)] ?? 0
    const each = Math.ceil(bytes / phones)
    return { times: seen.map(({ time }) => time), everyone: seen.map(({ last }) => last), bytes, bare: await bare.live({ listeners: phones - 1, writes: taps, bytes: each }) }
  } finally {
    await bare.end()
    await relay.end()
    await server.end()
  }
}

async function tapOn(crew: Crew, pick: Pick): Promise<{ tapped: number; heard: number[][] }> {
  await crew.all('watch', { doc: pick.doc })
  const tapped = await crew.one(WRITER, 'tap', { phone: 0, pick })
  return { tapped, heard: await crew.all('heard', null) }
}
