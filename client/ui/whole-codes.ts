/** Words in which a code stays whole (11-26-02 does not part at its hyphens, unless a line is too short for it), the word before a figure (牛皮紙 100 g/m²), a name (都交給 林淑惠 了), a day (12/1（週二）), a size (787 × 1092 mm), and a number with its unit. */
import { type FunctionalComponent, h, type VNode } from 'vue'

/** With its brackets, and with the dot, comma or colon that follows it: neither begins a line. Longer runs of Han are no words: they are addresses and sentences. */
const CODE = /([（(]?[\dA-Za-z]+(?:-[\dA-Za-z]+)+[)）]?(?:[、，；：。,;:]| ?[·・])?|(?<!\p{Script=Han})\p{Script=Han}{3,6}(?= \d)|(?<= )\p{Script=Han}{2,4}(?:\u00a0\p{Script=Han})?(?: ·)?(?= |$)|\d+\/\d+（[週周]\p{Script=Han}）|(?:\d+ g\/m²|\d[\d.]*(?: \p{L}+)? × \d[\d.]* \p{L}+)(?:[、，。]| ?[·・])?)/u

export const WholeCodes: FunctionalComponent<{ text: string | undefined }> = ({ text = '' }) =>
  text.split(CODE).map((part, i) => (i % 2 === 1 ? whole(part) : unparted(part)))
WholeCodes.props = ['text']

/** 100 g/m² parts at its space, if it must, and a size behind its ×: no unit parts at its stroke, and no figure within. */
function whole(part: string): VNode {
  const [figure = part, unit] = part.split(/(?=g\/m²)/)
  return h('span', { class: 'whole-code' }, unit ? [figure, h('span', { class: 'whole-code' }, unit)] : figure.includes('×') ? unparted(figure) : figure)
}

/** 1092 mm, 80 mm × 80 m, 1／6 站; what stands after a dot may begin a line. */
const unparted = (text: string) =>
  text
    .replaceAll(/(\d) (?=\p{L})/gu, '$1\u00a0')
    .replaceAll(' × ', '\u00a0× ')
    .replaceAll(/(\d)／(?=\d)/g, '$1\u2060／\u2060')
    .replaceAll(/( ?)([·・])/g, (_, space: string, dot: string) => `${space ? '\u00a0' : '\u2060'}${dot}`)
    .replaceAll('·', '·\u200b')
