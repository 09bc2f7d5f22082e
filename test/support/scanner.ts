/** A scanner that types into a page, and one that reads a picture. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader'

/** Its keys as a scanner sends them, so many ms apart, waiting for nothing: what a page does meanwhile is no time of theirs. */
export async function scan(page: Page, code: string, gapMs = 0): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  const began = Date.now()
  const keys = [...[...code].map((key) => ({ key, text: key })), { key: 'Enter', text: '\r', code: 'Enter', windowsVirtualKeyCode: 13 }]
  await Promise.all(keys.flatMap((key, i) => (['keyDown', 'keyUp'] as const).map((type) => cdp.send('Input.dispatchKeyEvent', { type, ...key, timestamp: (began + i * gapMs) / 1000 }))))
  await cdp.detach()
}

let ready: Promise<unknown> | undefined
/** Every bar code of a PNG as a scanner would send it: its identifier, then what it says. */
export async function codesIn(png: Uint8Array, formats: NonNullable<ReaderOptions['formats']>): Promise<string[]> {
  const wasmBinary = readFileSync('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm').buffer as ArrayBuffer
  ready ??= Promise.resolve(prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true }))
  await ready
  const found = await readBarcodes(png, { formats, tryHarder: true, maxNumberOfSymbols: 8 })
  return found.map((each) => `${each.symbologyIdentifier}${new TextDecoder().decode(each.bytes)}`)
}
