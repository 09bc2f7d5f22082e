import { describe, expect, test } from 'vitest'
import { createWedge, type Habits, type Heard, type Key, USUAL } from '../../../client/scan/wedge.ts'

/** A text as keys, so many ms apart (the i-th gap, if they differ); `⇧` is a Shift, `⌃x` Ctrl with x, `⏎` Enter. */
function keysOf(text: string, gaps: number | ((i: number) => number), from = 1000): Key[] {
  const names = text.match(/⌃.|./gu) ?? []
  let at = from
  return names.map((name, i) => {
    at += i === 0 ? 0 : typeof gaps === 'number' ? gaps : gaps(i)
    if (name === '⇧') return { key: 'Shift', at }
    if (name === '⏎') return { key: 'Enter', at }
    return name.startsWith('⌃') ? { key: name.slice(1), at, ctrl: true } : { key: name, at }
  })
}
function heard(keys: Key[], habits: Habits = USUAL): Heard[] {
  const wedge = createWedge(() => habits)
  return keys.map((key) => wedge.hear(key))
}
const codes = (all: Heard[]) => all.flatMap(({ code }) => code ?? [])

describe.each([0, 1, 5, 12, 30, 50])('a scanner that types a key every %d ms', (gap) => {
  test('is heard, and its Enter presses nothing else', () => {
    const all = heard(keysOf('R-26-118203⏎', gap))
    expect(codes(all)).toEqual(['R-26-118203'])
    expect(all.at(-1)?.ours).toBe(true)
  })
  test('two scans without a pause are two', () => {
    expect(codes(heard(keysOf('R-26-118203⏎R-26-118204⏎4710001000017⏎', gap)))).toEqual(['R-26-118203', 'R-26-118204', '4710001000017'])
  })
  test('its Shifts are no part of the code, its control signs are', () => {
    expect(codes(heard(keysOf('⇧R-26⏎', gap)))).toEqual(['R-26'])
    expect(codes(heard(keysOf(']C10104710001000017⌃]10L1⌃]21A⏎', gap)))).toEqual([']C10104710001000017\u001d10L1\u001d21A'])
  })
})

test('a wireless scanner that stumbles in the middle of a code loses nothing', () => {
  expect(codes(heard(keysOf('R-26-118203⏎', (i) => (i === 6 ? 380 : 15))))).toEqual(['R-26-118203'])
  expect(codes(heard(keysOf('R-26-118203⏎', (i) => [4, 35, 90, 2][i % 4] ?? 0)))).toEqual(['R-26-118203'])
})
test('what a hand types is no scan, and its Enter still presses the key that has the focus', () => {
  for (const gap of [90, 120, 250]) expect(heard(keysOf('R-26-118203⏎', gap)).every(({ ours, code }) => !ours && code === null)).toBe(true)
})
test('a stray key with Enter behind it is no scan; nor is Ctrl with a letter by itself', () => {
  expect(heard(keysOf('1⏎', 8)).at(-1)).toEqual({ ours: false, begun: false, code: null })
  expect(heard(keysOf('⌃c', 8))).toEqual([{ ours: false, begun: false, code: null }])
})
test('a scan begins anew, whatever a hand typed before it', () => {
  expect(codes(heard([...keysOf('abc', 200, 0), ...keysOf('L-22⏎', 8, 5000)]))).toEqual(['L-22'])
})
test('the first key of a scan says so: what a field holds then is what it gets back', () => {
  expect(heard(keysOf('L-22⏎', 8)).map(({ begun }) => begun)).toEqual([true, false, false, false, false])
})

describe('what a scanner was set to send', () => {
  test('in front: whatever has it is a scan, however slow, from its first key on; whatever has not is a hand', () => {
    expect(heard([{ key: 'F8', at: 0 }, ...keysOf('L1⏎', 40, 30)], { start: 'F8', end: 'Enter' }).every(({ ours }) => ours)).toBe(false)
    const all = heard([{ key: 'F8', at: 0 }, ...keysOf('L-1⏎', 300, 200)], { start: 'F8', end: 'Enter' })
    expect(codes(all)).toEqual(['L-1'])
    expect(all.every(({ ours }) => ours)).toBe(true)
    expect(codes(heard(keysOf('~L-22⏎', 5), { start: '~', end: 'Enter' }))).toEqual(['L-22'])
    expect(codes(heard(keysOf('L-22⏎', 5), { start: '~', end: 'Enter' }))).toEqual([])
  })
  test('at the end: another key, or a sign', () => {
    expect(codes(heard([...keysOf('L-22', 5), { key: 'Tab', at: 1030 }]))).toEqual(['L-22'])
    expect(codes(heard(keysOf('L-22;L-23;', 5), { start: '', end: ';' }))).toEqual(['L-22', 'L-23'])
  })
  test('nothing: a pause ends it', () => {
    const wedge = createWedge(() => ({ start: '', end: '' }))
    for (const key of keysOf('R-26-118203', 5)) wedge.hear(key)
    expect(wedge.pause()).toBe('R-26-118203')
    expect(wedge.pause()).toBeNull()
    for (const key of keysOf('ab', 5, 9000)) wedge.hear(key)
    expect(wedge.pause()).toBeNull()
  })
  test('a scanner that ends its codes is never cut by a pause', () => {
    const wedge = createWedge(() => USUAL)
    for (const key of keysOf('R-26-11', 5)) wedge.hear(key)
    expect(wedge.pause()).toBeNull()
    expect(codes(keysOf('8203⏎', 5, 1200).map((key) => wedge.hear(key)))).toEqual(['R-26-118203'])
  })
})
