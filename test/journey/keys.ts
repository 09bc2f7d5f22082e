/** A person with a keyboard alone: no finger, no mouse, no scanner. Where one is, is seen at every step. */
import { expect } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { answersTrue } from '../support/browser.ts'
import { says } from './floor.ts'

export const MAIN = 'F9'
/** Whoever has to press more often than this to get to a thing is not served. */
const MOST = 16
export type Keys = ReturnType<typeof keysOf>

export function keysOf(page: Page) {
  let presses = 0
  /** the file that the device gives next; asked for all along, since to begin with it takes longer than a key press */
  let files: string | null = null
  page.on('filechooser', async (chooser) => {
    if (files !== null) await chooser.setFiles(files)
    files = null
  })
  /** by an address: the browser begins at the top of the page */
  let isFresh = true
  async function press(...keys: string[]): Promise<void> {
    isFresh = false
    for (const key of keys) {
      presses += 1
      await page.keyboard.press(key)
    }
  }
  const named = (key: string) => page.getByRole('button', { name: says(key) }).or(page.getByRole('link', { name: says(key) })).filter({ visible: true })
  const isOn = (what: Locator) => what.evaluateAll((all) => all.includes(document.activeElement as HTMLElement))
  /** The focus stands on something, and that is seen. */
  async function stands(): Promise<void> {
    let wrong = ''
    const isSeen = async () => {
      wrong = await page.evaluate(whereOneIs)
      return wrong === ''
    }
    await answersTrue(isSeen, 10_000).catch(() => expect.fail(`${wrong}, on ${page.url()}`))
  }

  /** As a hand types, which no scanner does; what has no key of its own comes whole. */
  async function typed(text: string): Promise<void> {
    presses += text.length
    if (/^[ -~]+$/.test(text)) await page.keyboard.type(text, { delay: 70 })
    else await page.keyboard.insertText(text)
  }
  /** What lies before it is gone back to. */
  const isBehind = (what: Locator) => what.evaluateAll(([first]) => first !== undefined && document.activeElement?.compareDocumentPosition(first) === Node.DOCUMENT_POSITION_PRECEDING)
  /** To what this is, by the way a keyboard has. */
  async function goesTo(what: Locator, key: 'Tab' | 'ArrowDown' = 'Tab', most = MOST): Promise<void> {
    await what.first().waitFor()
    if (!isFresh) await stands()
    const way = key === 'Tab' && (await isBehind(what)) ? 'Shift+Tab' : key
    for (let tries = 0; tries <= most; tries++) {
      if (await isOn(what)) return stands()
      if (tries < most) await press(way)
    }
    throw new Error(`${most} times ${way} do not lead to ${what} on ${page.url()}`)
  }
  /** To another docket of the screen, or to its bar. */
  async function toDocket(docket: Locator): Promise<void> {
    await docket.waitFor()
    for (let tries = 0; tries < MOST && !(await docket.evaluate((each) => each.contains(document.activeElement))); tries++) await press('F6')
    await stands()
  }
  async function comesIn(name: string, pin: string): Promise<void> {
    await goesTo(page.getByRole('link', { name }), 'ArrowDown', 60)
    await press('Enter')
    await page.locator('.pin-keys').waitFor()
    await press(...pin, 'Enter')
    await page.waitForURL((to) => !to.pathname.startsWith('/sign-in'))
  }
  return {
    press,
    presses: () => presses,
    isOn,
    stands,
    goesTo,
    /** The key that says this is gone to and pressed; after it one stands somewhere. */
    async acts(what: string | Locator, most = MOST): Promise<void> {
      await goesTo(typeof what === 'string' ? named(what) : what, 'Tab', most)
      await press('Enter')
      await stands()
    },
    async types(what: Locator, text: string, most = MOST): Promise<void> {
      await goesTo(what, 'Tab', most)
      // What stands there is written over.
      await press('Control+a')
      await typed(text)
    },
    /** A key of the stub, by the key that is printed on it. */
    async side(key: string): Promise<void> {
      const side = named(key).filter({ visible: true }).last()
      await side.waitFor()
      // They are printed as soon as somebody works by keys.
      if (isFresh) await press('Tab')
      const [shortcut = '', print] = await side.evaluate((each) => [each.getAttribute('aria-keyshortcuts') ?? '', getComputedStyle(each, '::after').content])
      expect(print).toContain(`"${shortcut}"`)
      await press(shortcut)
    },
    /** A row of a list, by the arrows. */
    async opens(row: Locator, most = 60): Promise<void> {
      await goesTo(row, 'ArrowDown', most)
      await press('Enter')
      await stands()
    },
    toDocket,
    /** One of a few: into the group, and by the arrows to it. */
    async chooses(radio: Locator): Promise<void> {
      await goesTo(page.getByRole('dialog').or(page.locator('main')).last().getByRole('radio'))
      for (let tries = 0; !(await isOn(radio)) && tries < MOST; tries++) await press('ArrowDown')
      expect(await isOn(radio)).toBe(true)
      if (!(await radio.isChecked())) await press('Space')
      await stands()
    },
    /** The main act of the screen, once it is there and no other is under way. */
    async main(key?: string): Promise<void> {
      const main = page.locator('.main[aria-keyshortcuts]:not([aria-busy], [aria-disabled])')
      await (key ? main.filter({ hasText: says(key), visible: true }) : main.filter({ visible: true })).last().waitFor()
      await press(MAIN)
    },
    /** Another screen: its heading has the focus, the page has its name. */
    async arrives(path: string): Promise<void> {
      await page.waitForURL((url) => url.pathname.startsWith(path))
      const heading = page.locator('h1').first()
      await heading.waitFor()
      await expect.poll(() => page.evaluate(() => document.activeElement?.tagName), { timeout: 10_000 }).toMatch(/^(H1|INPUT)$/)
      await expect.poll(async () => (await page.title()).includes((await heading.innerText()).replaceAll(/\s+/g, ' '))).toBe(true)
      expect(await page.title()).toContain(says('shell.app').source.replaceAll(/[\^$]/g, ''))
    },
    async signs(pin: string): Promise<void> {
      const sheet = page.getByRole('dialog').filter({ has: page.locator('.pin-keys') })
      await sheet.waitFor()
      await press(...pin, 'Enter')
      await sheet.waitFor({ state: 'detached' })
    },
    /** A sheet that was closed by its own act: one stands where one stood. */
    async closed(): Promise<void> {
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await stands()
    },
    async escapes(): Promise<void> {
      const sheets = page.getByRole('dialog')
      const before = await sheets.count()
      await press('Escape')
      await expect.poll(() => sheets.count()).toBe(before - 1)
      await stands()
    },
    /** The one part that no keyboard has: which of its files the device gives. */
    async chooseFile(key: string | Locator, file: string): Promise<void> {
      await goesTo(typeof key === 'string' ? named(key) : key)
      files = file
      await press('Enter')
      await answersTrue(async () => files === null)
      await stands()
    },
    async at(url: string): Promise<void> {
      await page.goto(url)
      isFresh = true
      await page.locator('h1').first().waitFor()
    },
    /** The device is joined by a code, and somebody signs in. */
    async joins(url: string, code: string, { name, pin }: { name: string; pin: string }): Promise<void> {
      await page.goto(`${url}/enrol#${code}`)
      await page.locator('.main').last().waitFor()
      const path = () => new URL(page.url()).pathname
      await answersTrue(async () => {
        if (path() === '/enrol') await press(MAIN)
        return path() === '/sign-in'
      })
      await comesIn(name, pin)
    },
    /** Another person at the same device. */
    async switches({ name, pin }: { name: string; pin: string }): Promise<void> {
      await page.goto(new URL('/settings', page.url()).href)
      isFresh = true
      await goesTo(page.getByRole('button', { name: says('shell.menu') }))
      await press('Enter')
      await goesTo(named('shell.places.switch'))
      await press('Enter')
      await page.waitForURL('**/sign-in')
      await comesIn(name, pin)
    },
    /** The menu, by its key; from it to another place. */
    async goesBy(path: string): Promise<void> {
      await toDocket(page.locator('.bar'))
      await goesTo(page.getByRole('button', { name: says('shell.menu') }))
      await press('Enter')
      await page.getByRole('dialog').waitFor()
      await goesTo(page.getByRole('dialog').locator(`.cover[href="${path}"]`), 'ArrowDown')
      await press('Enter')
      await page.waitForURL((url) => url.pathname.startsWith(path))
    },
  }
}

/** '' where it is seen, otherwise what is wrong. Runs on the page. */
function whereOneIs(): string {
  const on = document.activeElement
  if (!(on instanceof HTMLElement) || on === document.body) return 'the focus is nowhere'
  // A screen begins at its heading and a sheet at itself: neither is a control.
  if (on.matches('h1, [role=dialog]')) return ''
  const name = `${on.tagName}.${on.className} ${on.textContent?.trim().slice(0, 20)}`
  const rings = (each: Element, pseudo?: string) => getComputedStyle(each, pseudo).outlineStyle !== 'none' && Number.parseFloat(getComputedStyle(each, pseudo).outlineWidth) > 0
  const around = [on, on.parentElement, on.parentElement?.parentElement, on.parentElement?.parentElement?.parentElement].filter((each) => each instanceof Element)
  const isRinged = on.matches(':focus-visible') && (around.some((each) => rings(each)) || rings(on, '::after') || on.matches('.pin-field input'))
  if (!isRinged) return `no ring around ${name}`
  const { left, right, top, bottom } = (on.closest('label') ?? on).getBoundingClientRect()
  if (bottom <= 0 || top >= innerHeight || right <= 0 || left >= innerWidth) return `beyond the edge: ${name}`
  const there = document.elementFromPoint((Math.max(0, left) + Math.min(innerWidth, right)) / 2, (Math.max(0, top) + Math.min(innerHeight, bottom)) / 2)
  return there && (on.contains(there) || there.contains(on) || on.closest('label, .docket-row, [role=row], li')?.contains(there)) ? '' : `covered: ${name} by ${there?.className}`
}
