/** A signature as it was written: strokes of points, kept inside the command so that it needs no second upload (SYNC §3). */
import * as z from 'zod/mini'

/** x and y in thousandths of the pad's width and height, ms since the first point, pressure in thousandths. */
export const InkPoint = z.tuple([
  z.int().check(z.minimum(-1000), z.maximum(2000)),
  z.int().check(z.minimum(-1000), z.maximum(2000)),
  z.int().check(z.minimum(0), z.maximum(3_600_000)),
  z.int().check(z.minimum(0), z.maximum(1000)),
])
export const Ink = z.object({
  /** width ÷ height of the pad, in thousandths */
  aspect: z.int().check(z.minimum(100), z.maximum(20_000)),
  strokes: z
    .array(z.array(InkPoint).check(z.minLength(1), z.maxLength(5000)))
    .check(z.maxLength(300))
    // It travels inside its command: 20,000 points are minutes of writing and still fit a request.
    .check(z.refine((strokes) => strokes.reduce((sum, stroke) => sum + stroke.length, 0) <= 20_000, 'more than 20,000 points')),
})
export type Ink = z.infer<typeof Ink>

/** Whether somebody wrote something: an empty pad or a dot is no signature, rubbed as long as one likes. Measures path and breadth in thousandths of the pad. */
export function isWritten(ink: Ink): boolean {
  let path = 0
  for (const stroke of ink.strokes)
    for (let i = 1; i < stroke.length; i++) {
      const [a, b] = [stroke[i - 1], stroke[i]]
      if (a && b) path += Math.hypot(b[0] - a[0], b[1] - a[1])
    }
  const points = ink.strokes.flat()
  const breadth = ([0, 1] as const).map((axis) => points.reduce((most, point) => Math.max(most, point[axis]), -1000) - points.reduce((least, point) => Math.min(least, point[axis]), 2000))
  return path >= 150 && Math.max(...breadth) >= 60
}
