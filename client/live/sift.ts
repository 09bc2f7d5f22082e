/** The first of many texts in which every beginning is found, where only so many are wanted. */
import { findsIn, numberFinds } from '../../shared/work/text.ts'

/** `named`: those whose own number begins so. */
export type Sifted = { named: string[]; others: string[] }
type Texts = { readonly ids: readonly string[]; readonly texts: readonly string[] }

const DIGIT = /\d/

/**
 * From the last to the first, since those were made last. Digits are most often those of a number: what is called so itself is looked for
 * behind what only names such a customer or lot.
 */
export function sift({ ids, texts }: Texts, beginnings: readonly string[], limit: number, found: Sifted = { named: [], others: [] }, without?: ReadonlySet<string>): Sifted {
  const { named, others } = found
  const numbers = beginnings.filter((each) => DIGIT.test(each))
  for (let at = texts.length - 1; at >= 0 && named.length < limit; at--) {
    if (others.length >= limit && numbers.length === 0) break
    const [id = '', text = ''] = [ids[at], texts[at]]
    if (!beginnings.every((each) => findsIn(text, each)) || without?.has(id)) continue
    if (numbers.some((each) => numberFinds(text, each))) named.push(id)
    else if (others.length < limit) others.push(id)
  }
  return found
}
