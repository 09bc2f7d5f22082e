/** A signature that was written for minutes still fits its command: points are left out evenly, ends of strokes never. */
import type { Ink } from '../../shared/receipt/ink.ts'

export const MOST_POINTS = 20_000

export function thinned(ink: Ink, most = MOST_POINTS): Ink {
  let strokes = ink.strokes
  while (strokes.reduce((sum, stroke) => sum + stroke.length, 0) > most) {
    const next = strokes.map((stroke) => stroke.filter((_, i) => i % 2 === 0 || i === stroke.length - 1))
    // Only dots and dashes are left: what is over is cut off.
    if (next.every((stroke, i) => stroke.length === strokes[i]?.length)) return { ...ink, strokes: strokes.slice(0, Math.floor(most / 2)) }
    strokes = next
  }
  return { ...ink, strokes }
}
