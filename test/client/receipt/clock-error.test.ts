import { describe, expect, it } from 'vitest'
import { clockErrorOf } from '../../../client/receipt/clock-error.ts'

const clock = (offset: number | null, error: number | null) => JSON.stringify({ wall: '2026-11-26T06:06:31.000Z', zone: 'Asia/Taipei', mono: 1, boot: 'b', offset, error })

describe('how far the time on a receipt may be off', () => {
  it('counts what the clock was known to be ahead or behind, and how well that was measured', () => {
    expect(clockErrorOf([{ command: 'other', clock: clock(0, 10) }, { command: 'c1', clock: clock(-1500, 120) }], 'c1')).toBe(1620)
  })
  it('is left out when nobody measured, or the log has no word of it', () => {
    expect(clockErrorOf([{ command: 'c1', clock: clock(null, null) }], 'c1')).toBeNull()
    expect(clockErrorOf([{ command: 'c1', clock: '' }], 'c1')).toBeNull()
    expect(clockErrorOf([], 'c1')).toBeNull()
  })
})
