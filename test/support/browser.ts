/** A real Chromium for the journeys. */
import { existsSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/** Without a window of its own it takes a fifth less of the machine. */
const SHELL = '/usr/lib/chromium/chromium-headless-shell'
const WHOLE = ['/usr/bin/chromium', '/usr/bin/google-chrome']
export const SYSTEM = [SHELL, ...WHOLE].find(existsSync)

/** What it shows of its own inside (chrome://indexeddb-internals). */
export const openWholeBrowser = (): Promise<Browser> => launch(WHOLE.find(existsSync), 'chromium')
export const openBrowser = (...args: string[]): Promise<Browser> => launch(SYSTEM, 'chromium-headless-shell', ...args)

function launch(executablePath: string | undefined, channel: string, ...args: string[]): Promise<Browser> {
  return chromium.launch({
    ...(executablePath ? { executablePath } : { channel }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...args,
    ],
  })
}

export const SIZES = { phone: [390, 844], small: [360, 740], side: [740, 360], 'side-phone': [844, 390], 'side-large': [915, 412], tablet: [820, 1180], desk: [1440, 900] } as const
export type Size = keyof typeof SIZES
export type View = { size?: Size; language?: string; theme?: 'auto' | 'light' | 'dark' | 'outdoor'; glove?: boolean; /** no: one that is never out of reach; to install takes more than its whole test */ installs?: boolean }

/** A camera that films a test picture, and nobody is asked. */
export const FAKE_CAMERA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] as const

/** A device of its own: its own storage and, if it installs the app, its own service worker. */
export async function openContext(browser: Browser, { size = 'phone', language = 'zh-TW', theme = 'light', glove = false, installs = true }: View = {}): Promise<BrowserContext> {
  const [width, height] = SIZES[size]
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: 1,
    hasTouch: size !== 'desk',
    isMobile: size === 'phone' || size === 'small',
    locale: language,
    timezoneId: 'Asia/Taipei',
  })
  // As in a private window of Firefox, which has no service workers.
  if (!installs) await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'))
  await context.addInitScript((kept) => {
    if (localStorage.getItem('preferences') === null) localStorage.setItem('preferences', kept)
  }, JSON.stringify({ language, theme, glove }))
  return context
}

const POLL_MS = 100
/** Until the page answers with true. (Playwright's `waitForFunction` takes a promise itself for the answer.) */
export async function answersTrue(asks: () => Promise<boolean>, timeout = 60_000): Promise<void> {
  for (const end = Date.now() + timeout; Date.now() < end; await pause(POLL_MS)) if (await asks()) return
  throw new Error(`the page still says no after ${timeout} ms to ${asks}`)
}

/** What went wrong on a page: errors it threw, requests of other origins, violations of the content security policy. */
export function faultsOf(page: Page): string[] {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`page error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource|net::ERR_/.test(message.text())) faults.push(`console: ${message.text()}`)
  })
  return faults
}
