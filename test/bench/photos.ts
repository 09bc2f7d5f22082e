/** A picker taps while hundreds of photographs wait on the phone, and go out over a slow line. */
import type { Browser } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { startProcess } from '../support/process.ts'
import { costOf } from './cost.ts'
import { figure, type Figure, median, quantile } from './figure.ts'
import { atWork, slow, tapsOf } from './screen.ts'

const ORDERS = 1000
const PHOTOS = 500
/** As client/photos makes them: 1600 px, some 200 kB. */
const BYTES = 200_000
/** 4 Mbit/s up: all of them take three minutes and more, so that they wait and go out all the while. */
const UP_BYTES_PER_S = 500_000

/** `peak`: MB of memory that the page's process ever held; `waiting`: photographs when the last tap was shown. */
type Measured = { taps: number[]; peak: number; waiting: number }

export async function photoFigures(): Promise<Figure[]> {
  const without = await measured(0)
  const many = await measured(PHOTOS)
  if (without.waiting !== 0 || many.waiting < PHOTOS / 2) throw new Error(`${without.waiting} and ${many.waiting} photographs waited`)
  const none = 'the same with none waiting'
  return [
    figure({
      name: `tap → screen, ${PHOTOS} photographs waiting`,
      value: median(many.taps),
      unit: 'ms',
      baseline: { name: none, value: median(without.taps) },
      aim: { under: 1.3 },
      note: `median of ${many.taps.length}; p95 ${Math.round(quantile(many.taps, 0.95))} ms; ${many.waiting} still waited`,
    }),
    figure({ name: `most memory of the page, ${PHOTOS} photographs (${(PHOTOS * BYTES) / 1e6} MB) waiting`, value: many.peak, unit: 'MB', baseline: { name: none, value: without.peak }, aim: { under: 1.3 } }),
  ]
}

async function measured(photos: number): Promise<Measured> {
  const server = await startProcess()
  const browser = await openBrowser()
  try {
    const { context, page, pick } = await atWork(browser, server, ORDERS)
    await page.evaluate(takePhotos, { photos, bytes: BYTES })
    // A process of its own for the page as it is from here on: what made the photographs is not what carries them.
    await page.close()
    const later = await context.newPage()
    const session = await context.newCDPSession(later)
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', { offline: false, latency: 50, downloadThroughput: -1, uploadThroughput: UP_BYTES_PER_S })
    await later.goto(pick)
    await slow(context, later)
    const taps = await tapsOf(later, pick)
    return { taps, peak: costOf(await pidOf(browser)).peak, waiting: await later.evaluate(waitingNow) }
  } finally {
    await browser.close()
    await server.end()
  }
}

/** The renderer that has worked most. */
async function pidOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const renderers = processInfo.filter(({ type }) => type === 'renderer').sort((a, b) => b.cpuTime - a.cpuTime)
  if (!renderers[0]) throw new Error('no page has a process')
  return renderers[0].id
}

/** Runs in the page: photographs in its tables, each named by an act that is settled, as client/pictures.ts keeps them. */
async function takePhotos({ photos, bytes }: { photos: number; bytes: number }): Promise<void> {
  const PIECE = 128 * 1024
  const opened = (name: string) =>
    new Promise<IDBDatabase>((done) => {
      const open = indexedDB.open(name)
      open.onsuccess = () => done(open.result)
    })
  const written = (tx: IDBTransaction) =>
    new Promise<void>((done, failed) => {
      tx.oncomplete = () => done()
      tx.onabort = () => failed(tx.error)
    })
  const [pictures, main] = [await opened('countersign-pictures'), await opened('countersign')]
  for (let i = 0; i < photos; i++) {
    const photo = new Uint8Array(bytes)
    for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(photo.subarray(at, at + 65_536))
    const sha256 = [...new Uint8Array(await crypto.subtle.digest('SHA-256', photo))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    const of = pictures.transaction(['pictures', 'pieces'], 'readwrite')
    of.objectStore('pictures').put({ sha256, size: bytes, addedAt: Date.now(), stored: 0 })
    for (let at = 0; at < bytes; at += PIECE) of.objectStore('pieces').put({ sha256, no: at / PIECE, bytes: photo.slice(at, at + PIECE).buffer })
    const named = main.transaction('archive', 'readwrite')
    named.objectStore('archive').put({ id: `photo-${i}`, doc: 'x', seq: 0, settledAt: Date.now(), blobs: [sha256], grant: '', state: 'answered' })
    await Promise.all([written(of), written(named)])
  }
  pictures.close()
  main.close()
}

/** Runs in the page. */
function waitingNow(): Promise<number> {
  const open = indexedDB.open('countersign-pictures')
  return new Promise((done) => {
    open.onsuccess = () => {
      const count = open.result.transaction('pictures').objectStore('pictures').index('stored').count(0)
      count.onsuccess = () => {
        open.result.close()
        done(count.result)
      }
    }
  })
}
