import { isVNode, type VNode } from 'vue'
import { describe, expect, it } from 'vitest'
import { WholeCodes } from '../../../client/ui/whole-codes.ts'

/** What does not part where a line ends. */
function wholeIn(text: string): unknown[] {
  const parts: unknown = WholeCodes({ text }, { attrs: {}, slots: {}, emit: () => undefined })
  return (Array.isArray(parts) ? parts : [parts]).flatMap((part) => (isVNode(part) ? [textOf(part)] : []))
}

const textOf = ({ children }: VNode): string => (Array.isArray(children) ? children.map((child) => (isVNode(child) ? textOf(child) : String(child))).join('') : String(children))

describe('words that stay whole', () => {
  it('are codes, the name of goods before its figure, and the figure with its unit', () => {
    expect(wholeIn('牛皮紙 100 g/m² 1092 mm')).toEqual(['牛皮紙', '100 g/m²'])
    expect(wholeIn('SO-2611-0306-B1 瓦楞芯紙 140 g/m²')).toEqual(['SO-2611-0306-B1', '瓦楞芯紙', '140 g/m²'])
  })
  it('are the name of a person between spaces, and a day with its weekday', () => {
    expect(wholeIn('都交給 林淑惠\u00a0了')).toEqual(['林淑惠\u00a0了'])
    expect(wholeIn('交給 林淑惠')).toEqual(['林淑惠'])
    expect(wholeIn('待確認・12/1（週二）要到・彰化縣')).toEqual(['12/1（週二）'])
  })
  it('are a size, which parts behind its × if it must, and not in a figure', () => {
    expect(wholeIn('787 × 1092 mm 平版，依實重計')).toEqual(['787\u00a0× 1092\u00a0mm'])
    expect(wholeIn('80 mm × 80 m・每箱 50 卷')).toEqual(['80\u00a0mm\u00a0× 80\u00a0m\u2060・'])
  })
  it('keep their brackets', () => {
    expect(wholeIn('雙銅紙 128 g/m² 1 卷（R-26-114246）')).toEqual(['雙銅紙', '128 g/m²', '（R-26-114246）'])
  })
  it('keep the dot, comma or colon that follows them, and no dot begins a line', () => {
    expect(wholeIn('A-04-3 · 1092 mm')).toEqual(['A-04-3 ·'])
    expect(wholeIn('芯紙 140 g/m² · 1 roll')).toEqual(['140 g/m² ·'])
    expect(wholeIn('SO-2611-0428: 林淑惠 has it since 18:15')[0]).toBe('SO-2611-0428:')
    expect(wholeIn('15 令（L-26-MZ4099）、模造紙 70 g/m²')).toEqual(['（L-26-MZ4099）、', '模造紙', '70 g/m²'])
    expect(wholeIn('Pick · 賴怡君 · 2 h')).toEqual(['賴怡君 ·'])
    expect(String(WholeCodes({ text: '卷筒・芯徑 · 1 roll' }, { attrs: {}, slots: {}, emit: () => undefined }))).toBe('卷筒\u2060・芯徑\u00a0·\u200b 1\u00a0roll')
  })
  it('are no addresses or sentences, which part wherever a line is full', () => {
    expect(wholeIn('台中市大里區示範路 66 號')).toEqual([])
    expect(wholeIn('超高級進口單面塗佈白紙板')).toEqual([])
  })
})
