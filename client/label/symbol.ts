/** Bar codes as bwip-js makes them, drawn in one path of whole modules, so that a label is sharp on any printer. Only behind the print pages: it is large. */
import { type BwippOptions, code128, type DrawingContext, datamatrix, gs1_128, gs1datamatrix } from 'bwip-js/browser'

/** In modules (X-dimensions), without the quiet zone; a linear symbol is one high. */
export type BarCode = { path: string; width: number; height: number }

/** `text` in brackets: '(00)347112345000000015'. */
export const gs1Linear = (text: string): BarCode => linear(gs1_128, text)
export const gs1Matrix = (text: string): BarCode => matrix(gs1datamatrix, text)
/** Of a number of the site's own: without FNC1, so that nobody takes it for GS1's. */
export const plainLinear = (text: string): BarCode => linear(code128, text)
export const plainMatrix = (text: string): BarCode => matrix(datamatrix, text)

type Encoder = (options: BwippOptions & { bcid: string; text: string }, drawing: DrawingContext<unknown>) => unknown
type Drawn = { width: number; height: number; bars: [at: number, wide: number][]; corners: [number, number][][] }

function draw(encoder: Encoder, text: string): Drawn {
  const drawn: Drawn = { width: 0, height: 0, bars: [], corners: [] }
  const nothing = () => undefined
  encoder(
    { bcid: '', text, scale: 1 } as Parameters<Encoder>[0],
    {
      scale: () => null,
      measure: () => ({ width: 0, ascent: 0, descent: 0 }),
      init(width, height) {
        drawn.width = width
        drawn.height = height
      },
      // Of an odd bar the middle comes rounded up.
      line: (x, _y, _x1, _y1, wide) => drawn.bars.push([x - Math.ceil(wide / 2), wide]),
      polygon: (corners) => drawn.corners.push(corners.map(([x, y]) => [x, y])),
      hexagon: nothing,
      ellipse: nothing,
      fill: nothing,
      text: nothing,
      end: nothing,
    },
  )
  return drawn
}

function linear(encoder: Encoder, text: string): BarCode {
  const { width, bars } = draw(encoder, text)
  return { width, height: 1, path: bars.map(([at, wide]) => `M${at} 0h${wide}v1h-${wide}z`).join('') }
}
/** bwip-js draws a matrix with two units to a module. */
const UNITS = 2
function matrix(encoder: Encoder, text: string): BarCode {
  const { width, height, corners } = draw(encoder, text)
  const path = corners.map((ring) => `M${ring.map(([x, y]) => `${x / UNITS} ${y / UNITS}`).join('L')}z`).join('')
  return { width: width / UNITS, height: height / UNITS, path }
}
