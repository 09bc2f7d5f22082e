/** Ink as print: the strokes of a signature as SVG paths, cropped to where something was written. */
import type { Ink } from '../../shared/receipt/ink.ts'

export type InkDrawing = { box: string; ratio: number; paths: string[] }
type Spot = { x: number; y: number }

/** Midpoints joined by curves: what was sampled as corners was written as a bend. */
function pathOf(spots: readonly Spot[]): string {
  const [first, ...rest] = spots
  if (!first) return ''
  const last = rest.at(-1)
  if (!last) return `M${first.x} ${first.y}h1`
  let path = `M${first.x} ${first.y}`
  rest.slice(0, -1).forEach((spot, index) => {
    const next = rest[index + 1] ?? last
    path += `Q${spot.x} ${spot.y} ${Math.round((spot.x + next.x) / 2)} ${Math.round((spot.y + next.y) / 2)}`
  })
  return `${path}L${last.x} ${last.y}`
}

/** Null when there is nothing to draw. */
export function drawInk(ink: Ink): InkDrawing | null {
  const strokes = ink.strokes.map((stroke) => stroke.map(([x, y]) => ({ x: Math.round((x * ink.aspect) / 1000), y })))
  const spots = strokes.flat()
  if (spots.length === 0) return null
  const left = Math.min(...spots.map((spot) => spot.x))
  const top = Math.min(...spots.map((spot) => spot.y))
  const width = Math.max(...spots.map((spot) => spot.x)) - left
  const height = Math.max(...spots.map((spot) => spot.y)) - top
  const room = Math.max(width, height) * 0.03 + 10
  const [wide, high] = [width + 2 * room, Math.max(height, width / 6) + 2 * room]
  const box = [left - room, top - (high - height) / 2, wide, high].map(Math.round).join(' ')
  return { box, ratio: wide / high, paths: strokes.map(pathOf) }
}
