/** Strokes that look like a name written in a hurry: two or three characters side by side, each of a few bent lines. */
import type { Ink } from '../../shared/receipt/ink.ts'
import type { Chance } from './chance.ts'

type Stroke = Ink['strokes'][number]

export function scrawl(chance: Chance, characters: number): Ink {
  const strokes: Stroke[] = []
  let ms = 0
  for (let i = 0; i < characters; i++) {
    const width = 700 / characters
    const box = { x: 150 + i * width, y: 250 + chance.int(-40, 40), width: width * 0.8, height: 480 }
    for (let count = chance.int(4, 6); count > 0; count--) {
      const stroke = line(chance, box, ms)
      ms = (stroke.at(-1)?.[2] ?? ms) + chance.int(70, 160)
      strokes.push(stroke)
    }
  }
  return { aspect: 2400, strokes }
}

function line(chance: Chance, box: { x: number; y: number; width: number; height: number }, from: number): Stroke {
  const upright = chance.next() < 0.4
  const [x0, y0] = [chance.next() * (upright ? 0.8 : 0.25), chance.next() * (upright ? 0.3 : 0.9)]
  const [x1, y1] = upright ? [x0 + chance.next() * 0.3 - 0.2, 0.6 + chance.next() * 0.4] : [0.7 + chance.next() * 0.3, y0 + chance.next() * 0.2 - 0.12]
  const bend = chance.next() * 0.2 - 0.1
  const points = chance.int(7, 10)
  return Array.from({ length: points }, (_, i) => {
    const t = i / (points - 1)
    const bow = bend * 4 * t * (1 - t)
    const x = box.x + box.width * (x0 + (x1 - x0) * t + (upright ? bow : 0))
    const y = box.y + box.height * (y0 + (y1 - y0) * t + (upright ? 0 : bow))
    return [Math.round(x), Math.round(y), from + i * 14, Math.round(350 + 450 * Math.sin(Math.PI * (0.15 + 0.7 * t)))]
  })
}
