/** What a camera sees, for Chromium's own fake one (--use-file-for-fake-video-capture): codes drawn in grey, one after the other. */
import bwip from 'bwip-js/node'

const [WIDTH, HEIGHT] = [640, 480]
const RATE = 10
const WHITE = 235

/** Of what is shown: which symbol (as bwip-js calls it) and what is in it; null is an empty picture. */
export type Shot = { bcid: string; text: string; seconds: number } | { bcid: null; seconds: number }

/** YUV4MPEG2, without colour. The camera begins anew at its end. */
export function filmOf(shots: readonly Shot[]): Buffer {
  const colour = Buffer.alloc((WIDTH * HEIGHT) / 2, 128)
  const frames = shots.flatMap((shot) => {
    const grey = Buffer.from(shot.bcid === null ? new Uint8Array(WIDTH * HEIGHT).fill(WHITE) : drawn(shot.bcid, shot.text))
    return Array.from({ length: Math.round(shot.seconds * RATE) }, () => Buffer.concat([Buffer.from('FRAME\n'), grey, colour]))
  })
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${RATE}:1 Ip A1:1 C420jpeg\n`), ...frames])
}

/** In the middle, as large as four fifths of the width or a third of the height let it be. */
function drawn(bcid: string, text: string): Uint8Array {
  const { columns, rows } = modulesOf(bcid, text)
  const side = Math.max(1, Math.floor(Math.min((WIDTH * 0.8) / columns, rows.length === 1 ? Number.POSITIVE_INFINITY : (HEIGHT * 0.34) / rows.length)))
  const high = rows.length === 1 ? 140 : side
  const [left, top] = [Math.floor((WIDTH - columns * side) / 2), Math.floor((HEIGHT - rows.length * high) / 2)]
  const grey = new Uint8Array(WIDTH * HEIGHT).fill(WHITE)
  for (const [y, row] of rows.entries())
    for (const [x, dark] of row.entries()) {
      if (!dark) continue
      for (let line = top + y * high; line < top + (y + 1) * high; line++) grey.fill(20, line * WIDTH + left + x * side, line * WIDTH + left + (x + 1) * side)
    }
  return grey
}

type Raw = { sbs: number[] } | { pixs: number[]; pixx: number }
function modulesOf(bcid: string, text: string): { columns: number; rows: boolean[][] } {
  const [raw] = bwip.raw({ bcid, text }) as unknown as Raw[]
  if (!raw) throw new Error(`bwip-js draws no ${bcid} of ${text}`)
  if ('sbs' in raw) {
    const row = raw.sbs.flatMap((wide, i) => Array.from({ length: wide }, () => i % 2 === 0))
    return { columns: row.length, rows: [row] }
  }
  const { pixs, pixx } = raw
  return { columns: pixx, rows: Array.from({ length: pixs.length / pixx }, (_, y) => pixs.slice(y * pixx, (y + 1) * pixx).map((each) => each === 1)) }
}
