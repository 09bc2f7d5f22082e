import { describe, expect, test } from 'vitest'
import { codeIn, codeShown } from '../../../client/sign-in/code.ts'
import { platformOf } from '../../../client/sign-in/platform.ts'
import { pathIn, wayFor } from '../../../client/sign-in/way.ts'

const HERE = 'https://mill.test'

describe('a one-time code', () => {
  test('is forgiven its case, its spaces, its dashes and the width of its signs', () => {
    for (const typed of ['ABCD-EF01', 'abcd ef01', ' ab cd–ef 01 ', 'ＡＢＣＤ－ＥＦ０１', 'abcdef01']) expect(codeIn(typed)).toBe('ABCDEF01')
  })
  test('is found in the whole link that somebody pasted', () => {
    expect(codeIn('https://10.0.0.5:8787/enrol#ABCD-EF01')).toBe('ABCDEF01')
    expect(codeIn('#abcd-ef01')).toBe('ABCDEF01')
  })
  test('is shown as it is read out, however much of it is there', () => {
    expect(codeShown('ABCDEF01')).toBe('ABCD-EF01')
    expect(codeShown('ABC')).toBe('ABC')
    expect(codeShown('')).toBe('')
  })
})

describe('after the PIN', () => {
  test('a person stands where the link led, with all that it carried', () => {
    expect(wayFor(['warehouse'], '/pick/o1?line=2#roll', HERE)).toBe('/pick/o1?line=2#roll')
  })
  test('a person without a link begins where their day begins', () => {
    expect(wayFor(['warehouse'], undefined, HERE)).toBe('/work/pick')
    expect(wayFor(['driver'], undefined, HERE)).toBe('/trips')
    expect(wayFor(['supervisor'], undefined, HERE)).toBe('/board')
  })
  test('nobody is led to another host, to a scheme, or round in a circle', () => {
    for (const wanted of ['https://evil.test/', '//evil.test/x', '/\\evil.test', '/\t/evil.test', 'javascript:alert(1)', 'board', '', ['/board'], null, '/sign-in', '/sign-in/p1?to=/board'])
      expect(pathIn(wanted, HERE), String(wanted)).toBeNull()
  })
})

describe('the name that enrolment suggests', () => {
  test('says what kind of device it is', () => {
    const kinds: [string, number, string][] = [
      ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 5, 'iphone'],
      ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/19.0 Safari/605.1.15', 5, 'ipad'],
      ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/19.0 Safari/605.1.15', 0, 'mac'],
      ['Mozilla/5.0 (Linux; Android 15; Zebra TC22) AppleWebKit/537.36 Chrome/150 Mobile Safari/537.36', 5, 'android-phone'],
      ['Mozilla/5.0 (Linux; Android 15; SM-X510) AppleWebKit/537.36 Chrome/150 Safari/537.36', 5, 'android-tablet'],
      ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150', 0, 'windows'],
      ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/150', 0, 'linux'],
      ['something else', 0, 'other'],
    ]
    for (const [userAgent, touchPoints, kind] of kinds) expect(platformOf({ userAgent, touchPoints })).toBe(kind)
  })
})
