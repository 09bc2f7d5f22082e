/** A scanner and nothing else in the hand: what is printed presses the keys of the glass, and only the digits of a PIN are typed. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { badgeOf, digitAs, printedAs, type ScanCommand } from '../../shared/scan/printed.ts'
import { scan as scanInto } from '../support/scanner.ts'
import { says } from './floor.ts'

const NUMBERED_AT_MOST = 6

export type Scans = ReturnType<typeof scansOn>
export function scansOn(page: Page) {
  /** What was scanned, by what it was for. */
  const counts: { [what: string]: number } = {}
  async function scan(code: string, what = 'goods'): Promise<void> {
    counts[what] = (counts[what] ?? 0) + 1
    await scanInto(page, code)
  }
  const prints = (command: ScanCommand) => scan(printedAs(command), 'command')
  const row = (n: number) => scan(printedAs(n), 'row')
  async function figure(digits: string): Promise<void> {
    for (const digit of digits) await scan(digitAs(Number(digit)), 'digit')
  }

  /** The yellow key says this, and no other act is under way; a printed yes presses it. */
  async function yes(key: string): Promise<void> {
    await page.locator('.main:not([aria-busy]):not([aria-disabled])').filter({ hasText: says(key), visible: true }).last().waitFor()
    await prints('yes')
  }
  async function pin(digits: string): Promise<void> {
    const keys = page.locator('.pin-keys')
    await keys.waitFor()
    await page.keyboard.type(digits)
    await page.keyboard.press('Enter')
    await keys.waitFor({ state: 'detached' })
  }

  const numbers = () => page.locator('[data-number]').evaluateAll((all) => all.map((key) => key.outerHTML).join())
  /** A key that has no code of its own: nine at a time have a number, until it has one. */
  async function other(key: string | RegExp): Promise<void> {
    const name = typeof key === 'string' ? says(key) : key
    const target = page.getByRole('button', { name }).or(page.getByRole('link', { name })).and(page.locator(':not(.main)')).filter({ visible: true }).last()
    await target.waitFor()
    for (let asked = 0; asked < NUMBERED_AT_MOST && (await target.getAttribute('data-number')) === null; asked++) {
      const before = await numbers()
      await prints('more')
      await expect.poll(numbers).not.toBe(before)
    }
    await row(Number(await target.getAttribute('data-number')))
  }

  const arrives = (path: string) => page.waitForURL((url) => url.pathname.startsWith(path))
  /** By the menu. */
  async function goesTo(place: string, path: string): Promise<void> {
    await other('shell.menu')
    const rows = page.getByRole('dialog').locator('.rows .cover')
    await rows.first().waitFor()
    const at = (await rows.allInnerTexts()).findIndex((text) => says(`shell.places.${place}`).test(text))
    // Those beyond the ninth have a number when one asks for more.
    if (at < 9) await row(at + 1)
    else await other(`shell.places.${place}`)
    await arrives(path)
  }
  /** At the sign-in: the badge, then the PIN. */
  async function comesIn(name: string, digits: string): Promise<void> {
    const href = (await page.getByRole('link', { name }).getAttribute('href')) ?? ''
    await expect.poll(async () => {
      await scan(badgeOf(href.split('/').at(-1) ?? ''), 'badge')
      return new URL(page.url()).pathname
    }, { timeout: 20_000 }).toBe(href)
    await page.locator('.pin-keys').waitFor()
    // As long after the badge as no hand can be faster.
    await page.waitForTimeout(250)
    await page.keyboard.type(digits)
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  }
  const told = () => `${Object.values(counts).reduce((sum, each) => sum + each, 0)} scans (${Object.entries(counts).map(([what, count]) => `${what} ${count}`).join(', ')})`
  return { counts, scan, prints, row, figure, yes, pin, other, arrives, goesTo, comesIn, told }
}
