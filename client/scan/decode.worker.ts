/** Reads bar codes off the page's own thread, so that the page stays smooth. One picture at a time. */
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader'
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'
import type { Asked, Found, How } from './decoder.ts'

/** What goods, labels and places carry. The fewer kinds are looked for, the fewer are seen where there is none. */
const FORMATS: ReaderOptions['formats'] = ['QRCode', 'MicroQRCode', 'DataMatrix', 'Aztec', 'PDF417', 'Code128', 'Code39', 'Code93', 'ITF', 'EAN13', 'EAN8', 'UPCA', 'UPCE', 'DataBar', 'DataBarLimited', 'DataBarExpanded']
/** `Plain`: a separator stays the control sign it is. */
const COMMON: ReaderOptions = { formats: FORMATS, textMode: 'Plain', maxNumberOfSymbols: 8 }
const OPTIONS: Record<How, ReaderOptions> = {
  quick: { ...COMMON, tryHarder: false, tryRotate: false, tryInvert: false, tryDownscale: false },
  hard: { ...COMMON, tryHarder: true, tryRotate: true, tryInvert: true, tryDownscale: true },
  film: { formats: ['QRCode'], maxNumberOfSymbols: 1 },
}

const ready = prepareZXingModule({ overrides: { locateFile: (path: string) => (path.endsWith('.wasm') ? wasm : path) }, fireImmediately: true })

addEventListener('message', ({ data }: MessageEvent<Asked>) => void answer(data))
async function answer({ id, pixels, width, height, how }: Asked): Promise<void> {
  try {
    await ready
    const results = await readBarcodes(new ImageData(new Uint8ClampedArray(pixels), width, height), OPTIONS[how])
    const found = results
      .filter(({ isValid }) => isValid)
      .map(({ text, bytes, format, symbologyIdentifier, contentType, position: { topLeft, topRight, bottomLeft, bottomRight } }): Found => {
        const corners = [topLeft, topRight, bottomLeft, bottomRight]
        const middle = { x: corners.reduce((sum, { x }) => sum + x, 0) / 4, y: corners.reduce((sum, { y }) => sum + y, 0) / 4 }
        // Only the symbol proves that digits are GS1's.
        return { code: contentType === 'GS1' ? `${symbologyIdentifier}${text}` : text, symbol: `${format} ${symbologyIdentifier}`, bytes: new Uint8Array(bytes), middle }
      })
    postMessage({ id, found })
  } catch (error) {
    postMessage({ id, error: String(error) })
  }
}
