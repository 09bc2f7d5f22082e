/**
 * Many phones and one server: a reconnect storm, a tap seen by another phone, the loads that other engines were measured with,
 * and a new phone's first load. The phones are the real engine over tables in memory, in processes of their own.
 */
import { figure, type Figure, quantile } from './figure.ts'
import { type FirstLoad, firstLoad, firstLoadOfPage, type PageLoads } from './first-load.ts'
import { live, type Seen } from './live.ts'
import { storm, type Stormed } from './storm.ts'

/** What others needed for the third load, measured elsewhere: nothing of Yjs is validated, acknowledged or fsynced. */
const OTHERS = {
  seconds: { Yjs: 0.41, RxDB: 2.0, PouchDB: 8.8 },
  wire: { Yjs: 0.48, PouchDB: 7.0, RxDB: 42 },
  cpu: { Yjs: 0.13 },
  seen: { Yjs: 2.6, RxDB: 6.0, TinyBase: 31, PouchDB: 120 },
  seenBytes: { Yjs: 466, RxDB: 28_900 },
} as const

const PICKS = 200
const ORDERS = 1000
const BARE = 'as many requests of as many bytes to a bare node:http server, inserted with synchronous=FULL'

export async function fleetFigures(): Promise<Figure[]> {
  const away = await storm({ phones: 50, picks: PICKS, orders: ORDERS / 2, lines: 5 })
  const crowd = await live({ phones: 200, taps: 25, orders: 100, pace: 800 })
  const shared = await storm({ phones: 10, picks: PICKS, orders: ORDERS, lines: 1 })
  const few = await live({ phones: 12, taps: 40, orders: 100, pace: 250 })
  const small = await firstLoad(10_000)
  const page = await firstLoadOfPage(10_000)
  const large = await firstLoad(100_000)
  const largePage = await firstLoadOfPage(100_000)
  return [
    ...stormFigures('50 phones × 200 picks on 500 orders, all back at once', away),
    ...seenFigures('a tap seen by another phone, 200 connected', crowd),
    ...stormFigures('10 phones × 200 picks on the same 1,000 orders', shared, OTHERS),
    ...seenFigures('a tap seen by another phone, 11 others connected', few, OTHERS),
    loadFigure('10,000', small, 3),
    ...pageFigures('10,000', page, 3),
    loadFigure('100,000', large, 30),
    ...pageFigures('100,000', largePage, 30),
  ]
}

type Others = { readonly [name: string]: number }
/** The aim is to be ahead of all of them. */
const ahead = (others: Others | undefined) => (others ? { aim: { below: Math.min(...Object.values(others)) } } : {})
const beside = (note: string, others: Others = {}) => [note, Object.entries(others).map(([name, value]) => `${name} ${value}`).join(', ')].filter((each) => each !== '').join('; ')

function stormFigures(name: string, { seconds, judged, server, wire, requests, phones, bare }: Stormed, others: Partial<Pick<typeof OTHERS, 'seconds' | 'wire' | 'cpu'>> = {}): Figure[] {
  const megabytes = ({ up, down }: typeof wire) => (up + down) / 1e6
  return [
    figure({
      name: `${name}: until all hold the same`,
      value: seconds,
      unit: 's',
      baseline: { name: BARE, value: bare.seconds },
      ...ahead(others.seconds),
      note: beside(`the last command was judged after ${judged.toFixed(2)} s; ${phones.toFixed(1)} s of the phones' CPU`, others.seconds),
    }),
    figure({ name: `${name}: CPU of the server`, value: server.cpu, unit: 's', baseline: { name: BARE, value: bare.cpu }, ...ahead(others.cpu), note: beside(`${requests} requests`, others.cpu) }),
    figure({
      name: `${name}: on the wire`,
      value: megabytes(wire),
      unit: 'MB',
      ...ahead(others.wire),
      note: beside(`${(wire.up / 1e6).toFixed(2)} MB up, ${(wire.down / 1e6).toFixed(2)} MB down, headers included`, others.wire),
    }),
    figure({ name: `${name}: most memory of the server`, value: server.peak, unit: 'MB', baseline: { name: BARE, value: bare.peak } }),
  ]
}

function seenFigures(name: string, { times, everyone, bytes, bare }: Seen, others: Partial<Pick<typeof OTHERS, 'seen' | 'seenBytes'>> = {}): Figure[] {
  const quantiles = ([['p50', 0.5], ['p95', 0.95]] as const).map(([said, share]) =>
    figure({
      name: `${name}: ${said}`,
      value: quantile(times, share),
      unit: 'ms',
      baseline: { name: 'the same bytes posted to a bare server, fsynced, passed on to as many streams; until the last has them', value: quantile(bare, share) },
      ...(said === 'p50' ? ahead(others.seen) : {}),
      note: beside(`of ${times.length} taps, from the finger to the other's tables; all others had it after ${Math.round(quantile(everyone, share))} ms`, said === 'p50' ? others.seen : {}),
    }),
  )
  return [...quantiles, figure({ name: `${name}: on the wire`, value: bytes, unit: 'bytes', ...ahead(others.seenBytes), note: beside('to and from all of them together, headers included', others.seenBytes) })]
}

function loadFigure(orders: string, { seconds, wire, server, phone, bare }: FirstLoad, below: number): Figure {
  return figure({
    name: `first load of ${orders} orders, without a screen`,
    value: seconds,
    unit: 's',
    baseline: { name: 'as many pages of as many bytes read from a bare server', value: bare },
    aim: { below },
    note: `${(wire.down / 1e6).toFixed(1)} MB; ${server.toFixed(1)} s of the server's CPU; ${phone.toFixed(1)} s of the phone's`,
  })
}

function pageFigures(orders: string, { first, next }: PageLoads, below: number): Figure[] {
  const name = `first load of ${orders} orders, in a page`
  const started = { name: 'the first phone of a server that has just started', value: first }
  return [
    figure({ name: `${name}, of a server that has just started`, value: first, unit: 's', aim: { below }, note: 'a real Chromium, from opening the page to the last order in its tables' }),
    figure({ name: `${name}, each phone after it`, value: next, unit: 's', baseline: started, aim: { below } }),
  ]
}
