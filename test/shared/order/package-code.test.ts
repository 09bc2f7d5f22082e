import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packageCode, spaced } from '../../../shared/order/package-code.ts'
import { isSscc } from '../../../shared/scan/gs1/digits.ts'
import { scanOf } from '../../../shared/scan/scan.ts'

const TODAY = { today: '2026-11-27' }
const sscc = { extension: '3', prefix: '4712345' }

describe('the number of a package', () => {
  it('is an SSCC of the company where it has a prefix: 18 digits, check digit right, device and count inside', () => {
    const code = packageCode({ device: 3, count: 7 }, sscc)
    expect(code).toBe('347123450300000075')
    expect(isSscc(code)).toBe(true)
    expect(spaced(code)).toBe('3 4712 3450 3000 0007 5'.replaceAll(' ', '\u00a0'))
  })

  it('is one of the site itself without a prefix, which no scanner takes for a label of GS1', () => {
    const code = packageCode({ device: 3, count: 7 }, null)
    expect(code).toBe('PK000300000007')
    expect(scanOf(code, TODAY).is).toBe('plain')
  })

  it('is never given twice, whichever device counted and however far', () => {
    const counted = fc.record({ device: fc.integer({ min: 1, max: 1200 }), count: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 20_000_000 })) })
    const prefix = fc.constantFrom(sscc, { extension: '0', prefix: '471234567' }, { extension: '0', prefix: '471234567890' }, null)
    fc.assert(
      fc.property(fc.uniqueArray(counted, { selector: ({ device, count }) => `${device} ${count}`, minLength: 2, maxLength: 60 }), prefix, (all, of) => {
        const codes = all.map((each) => packageCode(each, of))
        expect(new Set(codes).size).toBe(codes.length)
        for (const code of codes) expect(isSscc(code) || /^PK\d{12,13}$/.test(code), code).toBe(true)
      }),
    )
  })

  it('is one of the site when its serial has no room left: never a second package with the same SSCC', () => {
    const tight = { extension: '0', prefix: '471234567' }
    expect(isSscc(packageCode({ device: 89, count: 99_999 }, tight))).toBe(true)
    expect(packageCode({ device: 89, count: 100_000 }, tight)).toBe('PK008900100000')
    expect(isSscc(packageCode({ device: 90, count: 999 }, tight))).toBe(true)
    expect(packageCode({ device: 1000, count: 1 }, sscc)).toBe('PK100000000001')
  })
})
