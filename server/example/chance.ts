/** Chance from a seed (mulberry32): the same seed, the same example. Never for secrets. */
import type { Random } from '../../shared/sync/id.ts'

export type Chance = {
  /** 0 ≤ n < 1 */
  next(): number
  /** whole, both ends included */
  int(low: number, high: number): number
  pick<T>(list: readonly T[]): T
  bytes: Random
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    int,
    pick: (list) => {
      const one = list[int(0, list.length - 1)]
      if (one === undefined) throw new Error('nothing to pick from an empty list')
      return one
    },
    bytes: (length) => Uint8Array.from({ length }, () => int(0, 255)),
  }
}
