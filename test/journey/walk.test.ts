/**
 * The core of the job in the engines of other phones: an order from the shelf to the signature, out of reach, loaded again and killed in the
 * middle, and all of it sent once. Chromium walks it in order.test.ts and dies in the middle of it in faults.test.ts.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { GateId } from '../../shared/process/process.ts'
import { form } from '../server/floor.ts'
import { ENGINES, type Engine, lackOf, openEngine } from '../support/engines.ts'
import { type ProxyServer, startProxy } from '../support/proxy.ts'
import { type Aisle, openAisle } from './aisle.ts'
import { says } from './floor.ts'

const others = ENGINES.filter((name) => name !== 'chromium' && lackOf(name) === null)
const ROLLS = 3
const PIN = '1234'
const PATIENCE_MS = 10_000

let aisle: Aisle

beforeAll(async () => {
  aisle = await openAisle([])
  for (const doc of others) {
    const lines = [{ no: 1, sku: 'NB-1', name: '筆記本', spec: '', unit: 'roll' as const, quantity: ROLLS, price: 1234, grams: 500 }]
    const signs = (['confirmation', 'notice'] satisfies GateId[]).map((gate) => ({ type: 'SignGate' as const, doc, payload: { gate, note: '' }, signed: true }))
    await aisle.office.issue({ type: 'PlaceOrder', doc, payload: form(`N-${doc}`, { lines }) }, ...signs, { type: 'ClaimOrder', doc, payload: {} })
  }
  await aisle.office.sync()
})
afterAll(() => aisle?.end())

describe.each(others)('%s', (name) => {
  const folder = mkdtempSync(join(tmpdir(), `${name}-walk-`))
  let engine: Engine
  let proxy: ProxyServer
  beforeAll(async () => {
    ;[engine, proxy] = await Promise.all([openEngine(name, folder), startProxy(aisle.server.url)])
  })
  afterAll(async () => {
    await Promise.all([engine?.kill(), proxy?.close()])
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  async function asks<G>(work: (given: G) => boolean | Promise<boolean>, given: G): Promise<void> {
    try {
      // What is asked of a page that is being left may never be answered: it is asked again.
      const answer = () => Promise.race([engine.run(work, given).catch(() => false), pause(PATIENCE_MS, false)])
      await expect.poll(answer, { timeout: 60_000, interval: 30 }).toBe(true)
    } catch (cause) {
      const there = await Promise.race([pause(PATIENCE_MS, 'no answer'), engine.run(() => `${location.href} ${document.querySelector('[aria-busy=true]') ? 'busy' : ''}\n${document.body.innerText}`, undefined)])
      throw new Error(`wanted ${work} of ${JSON.stringify(given)}, and there was ${there}`, { cause })
    }
  }
  async function does<G>(work: (given: G) => unknown, given: G): Promise<void> {
    const done = await Promise.race([engine.run(work, given).then(() => true), pause(PATIENCE_MS, false)])
    if (!done) throw new Error(`${name} does not answer to ${work}`)
  }
  async function goes(path: string): Promise<void> {
    const there = await Promise.race([engine.goto(`${proxy.url}${path}`).then(() => true), pause(60_000, false)])
    if (!there) throw new Error(`${name} does not come to ${path}`)
  }
  const at = (path: string) => asks((path) => location.pathname.includes(path), path)
  const sees = (key: string) => asks((words) => new RegExp(words).test(document.body.innerText), says(key).source)
  /** The last key or link with these words that takes a tap. */
  const tap = (words: RegExp) =>
    asks((words) => {
      const keys = [...document.querySelectorAll<HTMLElement>('button, a')].filter((each) => each.getClientRects().length > 0 && each.ariaBusy !== 'true' && each.ariaDisabled !== 'true')
      const key = keys.findLast((each) => new RegExp(words).test(each.innerText))
      key?.click()
      return key !== undefined
    }, words.source)
  const press = (key: string) => tap(says(key))
  const shows = (rolls: number) => asks((rolls) => [...document.querySelectorAll('.count small')].at(-1)?.textContent?.includes(` ${rolls}／`) ?? false, rolls)
  const main = () =>
    asks(() => {
      const key = [...document.querySelectorAll<HTMLElement>('button.main')].findLast((each) => each.getClientRects().length > 0 && each.ariaBusy !== 'true')
      key?.click()
      return key !== undefined
    }, undefined)
  async function takes(rolls: number): Promise<void> {
    await main()
    await shows(rolls)
  }
  async function signs(): Promise<void> {
    await asks(() => document.querySelector('.pin-keys') !== null, undefined)
    for (const [i, digit] of [...PIN].entries()) {
      await does((digit) => [...document.querySelectorAll<HTMLElement>('.pin-keys button')].find((each) => each.innerText.trim() === digit)?.click(), digit)
      await asks((dots) => document.querySelectorAll('.pin-dots .on').length === dots, i + 1)
    }
    await asks(() => {
      const enter = document.querySelector<HTMLElement>('.pin-keys [type=submit]:not([aria-disabled=true])')
      enter?.click()
      return enter !== null
    }, undefined)
    await asks(() => document.querySelector('.pin-keys') === null, undefined)
  }
  const leads = async (key: string, path: string) => {
    await press(key)
    await at(path)
  }
  /** The whole browser dies, and comes back where it was. */
  async function killed(path: string): Promise<void> {
    await engine.kill()
    engine = await openEngine(name, folder)
    await goes(`${path}`)
  }

  test('enrolled and signed in; the app is installed', async () => {
    await goes(`/settings`)
    await asks(() => document.querySelector('h1') !== null, undefined)
    // WebKit leaves an installation where it was when the page that began it is left.
    await asks(async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated', undefined)
    await goes(`/enrol#${await aisle.code()}`)
    await press('signIn.enrol.go')
    await at('/sign-in')
    await tap(new RegExp(aisle.picker.name))
    await signs()
    await asks(() => !location.pathname.startsWith('/sign-in'), undefined)
    await goes(`/pick/${name}`)
    await asks(() => navigator.serviceWorker.controller !== null, undefined)
    await shows(0)
  })

  test('out of reach: picked, with the page loaded again and the browser killed in between; inspected, packed, loaded', async () => {
    proxy.become({ cuts: 'everything' })
    await takes(1)
    await goes(`/pick/${name}`)
    await shows(1)
    await takes(2)
    await killed(`/pick/${name}`)
    await shows(2)
    await main()
    await press('pick.all.act')
    expect(aisle.order(name).picks).toEqual([])
    await leads('pick.done.inspect', '/inspect/')
    // One lot after the other, and the last asks for the PIN.
    await asks(() => {
      if (document.querySelector('.pin-keys')) return true
      ;[...document.querySelectorAll<HTMLElement>('.stub .main:not([aria-busy=true]):not([aria-disabled=true])')].at(-1)?.click()
      return false
    }, undefined)
    await signs()
    await leads('inspect.done.pack', '/pack/')
    await press('ship.pack.act')
    await leads('ship.pack.next', '/load/')
    await press('ship.load.all')
    await press('ship.load.act')
    await leads('ship.load.next', '/ship/')
  })

  test('read back and shipped, delivered and signed for, and there again after the browser was killed', async () => {
    await leads('ship.readBack.go', '/read-back')
    await asks(() => document.querySelector('.clause.now') !== null, undefined)
    const clauses = await engine.run(() => document.querySelectorAll('.clause').length, undefined)
    for (let n = 1; n <= clauses; n++)
      // A bouncing hand is not believed: a yes that comes too early says nothing, and is said again.
      await asks(
        ([n, clauses]) => {
          const now = document.querySelectorAll('.clause.heard').length
          if (now >= n || (n === clauses && document.querySelector('.pin-keys'))) return true
          ;[...document.querySelectorAll<HTMLElement>('.stub .main')].at(-1)?.click()
          return false
        },
        [n, clauses] as const,
      )
    await signs()
    await sees('ship.shipped.title')
    await goes(`/deliver/${name}`)
    await press('deliver.arrive')
    await sees('deliver.arrivedAt')
    await press('deliver.whole')
    await leads('deliver.toSign', '/sign')
    await asks(() => document.querySelector('canvas') !== null, undefined)
    await engine.run(async () => {
      const glass = document.querySelector('canvas')
      if (!glass) return
      const { left, top, width, height } = glass.getBoundingClientRect()
      const points = [[0.2, 0.35], [0.3, 0.6], [0.4, 0.3], [0.5, 0.65], [0.6, 0.4], [0.8, 0.6]].map(([x = 0, y = 0]) => ({ clientX: left + width * x, clientY: top + height * y }))
      const send = (type: string, point: object) => glass.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, pointerId: 1, isPrimary: true, pointerType: 'touch', pressure: 0.5, buttons: 1, ...point }))
      for (const [i, point] of points.entries()) {
        send(i === 0 ? 'pointerdown' : 'pointermove', point)
        await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
      }
      send('pointerup', { ...points.at(-1), buttons: 0 })
    }, undefined)
    await asks((words) => [...document.querySelectorAll('[role=img]')].some((each) => new RegExp(words).test(each.ariaLabel ?? '')), says('deliver.sign.inked').source)
    await press('deliver.sign.act')
    await at('/receipt/')
    await sees('receipt.here')
    await killed(`/receipt/${name}`)
    await sees('receipt.here')
    expect(aisle.order(name).receipt).toBeNull()
  })

  test('in reach again: all of it is sent, once; the key of the device stays in it', async () => {
    proxy.become({})
    await does(() => dispatchEvent(new Event('online')), undefined)
    await expect.poll(() => aisle.order(name).receipt?.ink.strokes.length, { timeout: 30_000 }).toBe(1)
    await sees('receipt.recorded')
    await asks(
      () =>
        new Promise<boolean>((done) => {
          const open = indexedDB.open('countersign')
          open.onsuccess = () => {
            const count = open.result.transaction('outbox').objectStore('outbox').count()
            count.onsuccess = () => {
              open.result.close()
              done(count.result === 0)
            }
          }
        }),
      undefined,
    )
    const order = aisle.order(name)
    const ids = aisle.recorded().filter(({ doc, type }) => doc === name && type === 'PickLine').map(({ id }) => id)
    expect(ids).toHaveLength(ROLLS)
    expect(order.picks.map(({ command }) => command)).toEqual(ids)
    expect(order.exceptions).toEqual([])
    const key = await engine.run(
      () =>
        new Promise<string>((done) => {
          const open = indexedDB.open('countersign')
          open.onsuccess = () => {
            const row = open.result.transaction('keys').objectStore('keys').get('device')
            row.onsuccess = async () => {
              open.result.close()
              const { privateKey } = (row.result as { pair: CryptoKeyPair }).pair
              const signed = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, new Uint8Array(3))
              done(`${privateKey.extractable ? 'leaves' : 'stays'}, signs ${signed.byteLength} bytes`)
            }
          }
        }),
      undefined,
    )
    expect(key).toBe('stays, signs 64 bytes')
  })
})
