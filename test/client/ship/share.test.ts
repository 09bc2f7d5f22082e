import { describe, expect, test } from 'vitest'
import { giveAway } from '../../../client/ship/share.ts'

const what = { title: '發貨告知書 DO-1', text: '司機：陳俊宏' }
const board = () => {
  const pasted: string[] = []
  return { pasted, clipboard: { writeText: async (text: string) => void pasted.push(text) } }
}
const failing = (name: string) => async () => {
  throw new DOMException('', name)
}

describe('a text is given away', () => {
  test('by the sheet of the phone, and nothing is copied over what was there', async () => {
    const given: object[] = []
    const { pasted, clipboard } = board()
    expect(await giveAway(what, { share: async (data) => void given.push(data), clipboard })).toBe('shared')
    expect([given, pasted]).toEqual([[what], []])
  })
  test('or not at all, when the person closes that sheet', async () => {
    const { pasted, clipboard } = board()
    expect(await giveAway(what, { share: failing('AbortError'), clipboard })).toBe('kept')
    expect(pasted).toEqual([])
  })
  test('by pasting it, where there is no sheet or it does not open', async () => {
    const { pasted, clipboard } = board()
    expect(await giveAway(what, { clipboard })).toBe('copied')
    expect(await giveAway(what, { share: failing('NotAllowedError'), clipboard })).toBe('copied')
    expect(pasted).toEqual([what.text, what.text])
  })
  test('and says so when neither goes', async () => {
    expect(await giveAway(what, {})).toBe('failed')
    expect(await giveAway(what, { clipboard: { writeText: failing('NotAllowedError') } })).toBe('failed')
  })
})
