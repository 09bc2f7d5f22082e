import { expect, test } from 'vitest'
import { digitAs, printedAs, SCAN_CHOICES, SCAN_COMMANDS, SCAN_DIGITS } from '../../../shared/scan/printed.ts'
import { scanOf } from '../../../shared/scan/scan.ts'

const scan = (text: string, fnc1: string[] = []) => scanOf(text, { today: '2026-11-27', fnc1 })

test('a printed command is one, however the scanner writes it', () => {
  for (const command of SCAN_COMMANDS) {
    expect(scan(printedAs(command))).toMatchObject({ is: 'command', command })
    expect(scan(` ${printedAs(command).toLowerCase()} `)).toMatchObject({ is: 'command', command })
  }
})
test('a row and a digit of a quantity are two codes, and each is its own', () => {
  for (const choice of SCAN_CHOICES) expect(scan(printedAs(choice))).toMatchObject({ is: 'choice', choice })
  for (const digit of SCAN_DIGITS) expect(scan(`]C0${digitAs(digit)}`)).toMatchObject({ is: 'digit', digit })
  const all = [...SCAN_COMMANDS.map(printedAs), ...SCAN_CHOICES.map(printedAs), ...SCAN_DIGITS.map(digitAs)]
  expect(new Set(all).size).toBe(all.length)
})
test('a number of the site’s own is plain, also where it looks like a label that is wrong', () => {
  for (const text of ['R-26-118203', 'A-03-1', 'SO-2611-0417', '(A) 12', '12345', '(99', '𠮷'.repeat(50)]) expect(scan(text)).toMatchObject({ is: 'plain' })
})
test('a label that its symbol proves to be one, and is wrong, says what is wrong', () => {
  expect(scan(']C10104710001000018')).toMatchObject({ is: 'wrong', error: { type: 'wrong-value', ai: '01' } })
})
test('unknown identifiers are kept and shown, and what stands beside them still counts', () => {
  expect(scan(']C1010471000100001021R-1\u001d89ABC')).toMatchObject({ is: 'label', lots: ['R-1'], meaning: { others: [{ value: expect.stringContaining('ABC') }] } })
})
test('what a site’s scanners type for FNC1 separates', () => {
  expect(scan(']C1010471000100001010L-1|21R-1', ['|'])).toMatchObject({ is: 'label', lots: ['L-1', 'R-1'] })
})
test('a supplier’s label in ISO 15434 names its part and its lot', () => {
  expect(scan('[)>\u001e06\u001d1PBX-150-787\u001d1TL-77\u001e\u0004')).toMatchObject({ is: 'label', products: ['bx-150-787'], lots: ['L-77'] })
})
