import { describe, expect, it } from 'vitest'
import { amendedLines, standingCounts } from '../../../client/receipt/amend.ts'
import { copyOf, markOf, MOST_BYTES } from '../../../client/receipt/copy.ts'
import { withOutcome } from '../../../client/deliver/outcome.ts'
import { amended, and, kindsOf, INK, orderIn, signedFor, upTo } from '../../shared/order/mill.ts'

const scene = and(upTo('arrived'), signedFor([{ line: 1, accepted: 9, damaged: 1, reason: '受潮' }, { line: 2, accepted: 2_500_000 }]))
const order = orderIn(scene)

describe('an amendment', () => {
  it('begins with what stands, and then has nothing to say', () => {
    expect(amendedLines(order, standingCounts(order))).toEqual([])
    const again = orderIn(and(scene, amended([{ line: 1, accepted: 8, damaged: 2, reason: '受潮' }])))
    expect(standingCounts(again)[1]).toMatchObject({ damaged: 2, reason: '受潮' })
  })
  it('says the lines that are other, which still add up', () => {
    const counts = standingCounts(order)
    const [first] = Object.values(counts)
    if (!first) throw new Error('no line')
    const lines = amendedLines(order, { ...counts, 1: withOutcome(10, first, 'damaged', 3) })
    expect(lines).toMatchObject([{ line: 1, accepted: 7, damaged: 3 }])
    expect(kindsOf(scene, amended(lines, INK))).toEqual([])
  })
})

describe('the customer’s copy', () => {
  const bytes = (text: string) => new TextEncoder().encode(text).length
  const parts = (lines: number) => ({
    head: ['到貨回單 DO-2611-03-0007', '2026-11-24 10:32', '立德包裝'],
    goods: Array.from({ length: lines }, (_, i) => `牛皮紙 ${i} g/m²，收\u00a0${i} 卷`),
    tail: ['簽收 謝佳蓉 採購', '核對碼 1a2b 3c4d 5e6f 7a8b'],
    more: (count: number) => `另有 ${count} 項`,
  })
  it('says all of a small delivery, without blanks that a phone shows as boxes', () => {
    const text = copyOf(parts(3))
    expect(text.split('\n')).toHaveLength(8)
    expect(text).not.toContain('\u00a0')
  })
  it('stays as small as a phone reads off a phone, and counts what it leaves out', () => {
    for (const lines of [20, 100, 2000]) {
      const text = copyOf(parts(lines))
      const shown = text.split('\n').filter((line) => line.startsWith('牛皮紙')).length
      expect(bytes(text)).toBeLessThanOrEqual(MOST_BYTES)
      expect(text).toContain(`另有 ${lines - shown} 項`)
      expect(text.endsWith('核對碼 1a2b 3c4d 5e6f 7a8b')).toBe(true)
    }
  })
  it('cuts what is longer than a line, at a whole character', () => {
    const text = copyOf({ ...parts(1), head: ['𠮷'.repeat(200)] })
    expect(text.split('\n')[0]).toMatch(/^(𠮷)+…$/u)
  })
  it('is told from the copy of any other receipt', async () => {
    const { receipt } = order
    if (!receipt) throw new Error('no receipt')
    const mark = await markOf(receipt)
    expect(mark).toMatch(/^[0-9a-f]{4}( [0-9a-f]{4}){3}$/)
    expect(await markOf({ ...receipt })).toBe(mark)
    expect(await markOf({ ...receipt, lines: receipt.lines.map((line) => ({ ...line, accepted: line.accepted + 1 })) })).not.toBe(mark)
  })
})
