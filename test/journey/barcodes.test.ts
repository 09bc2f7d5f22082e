/** Photographs of bar codes, by the same reader that films: as photos that a device without a camera is given instead. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expect as answerTo } from '../../shared/scan/expect.ts'
import { type Scan, scanOf } from '../../shared/scan/scan.ts'
import { nextStop, walkOf } from '../../shared/work/walk.ts'
import { claimed, line, roll, shelves } from '../shared/work/picking.ts'
import { faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { openMill, standAt, tablesMade } from '../support/mill.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { press, says } from './floor.ts'

const FOLDER = '../shared/data/barcodes'
const there = existsSync(FOLDER)
if (!there) console.info(`journey on photographs of bar codes skipped: ${FOLDER} is not on this machine`)

/** `grade`: easy and medium must be read; of the others only that nothing is taken for what it is not. `expected`: null where no one code is meant. */
type Picture = { image: string; family: string; grade: 'easy' | 'medium' | 'hard' | 'trap' | 'negative' | 'multi'; expected: string | null }
type Read = Picture & { text: string | null; scan: Scan | null; taken: boolean }
const OF_GS1 = /^\](C1|e0|d2|Q3|J1)$/

/** Whether an order that expects goods of this code takes what was read for them. */
function takes(scan: Scan, expected: string): boolean {
  const label = scanOf(expected, { today: '2026-11-27' })
  const barcode = label.is === 'label' ? (label.products[0] ?? '') : ''
  const products = shelves(['GOODS', 'roll', [roll(expected.trim(), 'C-07-2')], barcode], ['OTHER', 'roll', [roll('R-1', 'D-01-1')], '4710001000017'])
  const order = claimed(line(1, 'GOODS', 2, 'roll'), line(2, 'OTHER', 1, 'roll'))
  const walk = walkOf(order, products)
  return ['right', 'unlisted'].includes(answerTo(scan, { order, walk, at: nextStop(walk), products }).is)
}

describe.skipIf(!there)('a photograph of a bar code', () => {
  let server: ServerProcess
  let browser: Browser
  let page: Page
  let faults: string[]
  const reads: Read[] = []
  const of = (...grades: Picture['grade'][]) => reads.filter(({ grade }) => grades.includes(grade))
  const named = (some: readonly Read[]) => some.map(({ image, expected, text }) => ({ image, expected, text }))

  beforeAll(async () => {
    ;[browser, server] = await Promise.all([openBrowser(), startProcess({ example: true })])
    page = await (await openContext(browser, { size: 'small', installs: false })).newPage()
    faults = faultsOf(page)
    const mill = await openMill(server)
    await page.goto(`${server.url}/settings`)
    await tablesMade(page)
    await standAt(page, mill.enrolled, await mill.grantOf('warehouse'))
    await page.goto(`${server.url}/settings/scanner`)
    await press(page, 'scan.camera.open')
    const { images } = JSON.parse(readFileSync(join(FOLDER, 'manifest.json'), 'utf8')) as { images: Picture[] }
    const input = page.locator('.camera input[type=file]')
    await input.waitFor({ state: 'attached' })
    for (const picture of images) {
      await input.setInputFiles(join(FOLDER, picture.image))
      const said = page.locator('.camera-said')
      await said.waitFor()
      const text = (await said.textContent()) ?? ''
      if (says('scan.camera.nothing').test(text)) {
        reads.push({ ...picture, text: null, scan: null, taken: false })
        continue
      }
      // What a symbol of GS1's says of itself comes in front of its text.
      const symbol = /\][A-Za-z]\d/.exec(await page.locator('dd').allInnerTexts().then((all) => all.join(' ')))?.[0] ?? ''
      const scan = scanOf(OF_GS1.test(symbol) ? `${symbol}${text}` : text, { today: '2026-11-27' })
      reads.push({ ...picture, text, scan, taken: picture.expected !== null && takes(scan, picture.expected) })
    }
    const grades = [...new Set(images.map(({ grade }) => grade))]
    const right = (some: readonly Read[]) => some.filter(({ text, expected }) => text !== null && text === expected).length
    console.info(`bar codes read as they are written: ${grades.map((grade) => `${grade} ${right(of(grade))} of ${of(grade).length}`).join(', ')}`)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.end()
  })

  test('is read when it is easy or fair, letter for letter', () => {
    expect(of('easy', 'medium').length).toBeGreaterThan(0)
    expect(named(of('easy', 'medium').filter(({ text, expected }) => text !== expected))).toEqual([])
  })

  test('is what the order expects when it is the right one, unless its own label is faulty', () => {
    expect(named(of('easy', 'medium').filter(({ scan, taken }) => !taken && scan?.is !== 'wrong'))).toEqual([])
  })

  test('is never taken for what it is not', () => {
    expect(named(reads.filter(({ taken, text, expected }) => taken && text?.trim() !== expected?.trim()))).toEqual([])
  })

  test('that shows none is read as none', () => {
    expect(named(of('negative').filter(({ text }) => text !== null))).toEqual([])
  })

  test('leaves no error on the page', () => expect(faults).toEqual([]))
})
