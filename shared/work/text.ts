/** Text as it is stored, searched and compared. */

/** The form in which text is stored and searched: compatibility forms, case and width folded. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase()
/** As codes are compared: case, width and blanks don't count. */
export const codeOf = (text: string): string => folded(text).replaceAll(/\s+/g, '')

/** Told from lots and numbers of the same text. */
export const atPlace = (location: string): string => (location === '' ? '' : `@${codeOf(location)}`)

const HAN = /\p{Script=Han}/u
const JOINT = /[\s\-_/.·]/u
/** Whether a word of a doc whose text this is begins so, a part of one after a joint ('2611-0001'), or any tail of Han text. */
export const findsIn = (text: string, beginning: string): boolean => placeIn(text, beginning) >= 0
/** The same of its own number, with which its text begins: what is typed of one means the doc itself before all that name it. */
export function numberFinds(text: string, beginning: string): boolean {
  const at = placeIn(text, beginning)
  return at >= 0 && text.lastIndexOf(' ', at) < 0
}

/** Where a word or a part of one begins so first; -1 where none does. */
function placeIn(text: string, beginning: string): number {
  for (let at = text.indexOf(beginning); at >= 0; at = text.indexOf(beginning, at + 1)) {
    const before = characterBefore(text, at)
    if (before === '' || JOINT.test(before) || HAN.test(before) || HAN.test(String.fromCodePoint(text.codePointAt(at) ?? 0))) return at
  }
  return -1
}

/** Whole, where it is written in two code units. */
function characterBefore(text: string, at: number): string {
  const pair = text.slice(Math.max(0, at - 2), at)
  return pair.length === 2 && (pair.codePointAt(0) ?? 0) > 0xffff ? pair : pair.slice(-1)
}
