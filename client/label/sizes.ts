/** What labels are printed on, and how large the bars are on it. */
import { bracketed, type Said } from '../../shared/label/label.ts'
import { isSscc } from '../../shared/scan/gs1/digits.ts'
import { gs1Linear, gs1Matrix, plainLinear, plainMatrix, type BarCode } from './symbol.ts'

export const LABEL_SIZES = ['mm100', 'inch4'] as const
export type LabelSize = (typeof LABEL_SIZES)[number]
/** mm */
export const ROLLS: { readonly [size in LabelSize]: { width: number; height: number } } = { mm100: { width: 100, height: 150 }, inch4: { width: 101.6, height: 152.4 } }

/** X-dimensions, mm: whole dots of a printer with 203 dpi, in GS1's range for logistic units (0.495–0.94 for GS1-128). */
export const LINEAR_MM = 0.5
export const MATRIX_MM = 0.75
/** GS1 asks for 31.75 mm and more on logistic units. */
export const BARS_MM = 32
/** What printers may leave blank at each edge. */
const EDGE_MM = 3
const QUIET = 20

/** A symbol with what is written under it. */
export type Written = { symbol: BarCode; text: string }
export type Printed = { key: Written; content: Written | null; matrix: Written }

/** The matrix says everything; beside the key a second row of bars says as much of the content as is narrow enough. */
export function printedOf(code: string, { key, content }: Said, size: LabelSize): Printed {
  if (!isSscc(code)) return { key: { symbol: plainLinear(code), text: code }, content: null, matrix: { symbol: plainMatrix(code), text: code } }
  const all = bracketed([...key, ...content])
  return { key: linear(bracketed(key)), content: narrow(content, size), matrix: { symbol: gs1Matrix(all), text: all } }
}

const linear = (text: string): Written => ({ symbol: gs1Linear(text), text })

function narrow(content: Said['content'], size: LabelSize): Written | null {
  const room = Math.floor((ROLLS[size].width - 2 * EDGE_MM) / LINEAR_MM) - QUIET
  for (let most = content.length; most > 0; most -= 1) {
    // (02) never stands without (37).
    if (content[most - 1]?.ai === '02') continue
    const written = linear(bracketed(content.slice(0, most)))
    if (written.symbol.width <= room) return written
  }
  return null
}
