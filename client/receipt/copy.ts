/** The customer's copy as a text that any phone reads off a QR code, with no network and no app. */
import { canonical } from '../../shared/sync/checksum.ts'
import type { Receipt } from '../../shared/order/order.ts'
import { sha256Of } from '../digest.ts'

/** A code with more is no longer read at arm's length off a phone. */
export const MOST_BYTES = 460

export type CopyParts = { head: readonly string[]; /** what became of each line */ goods: readonly string[]; tail: readonly string[]; /** so many lines are left out */ more(count: number): string }

const bytesOf = (text: string): number => new TextEncoder().encode(text).length

/** As many lines of goods as fit; what is left out is counted. Head and tail are always whole, each line cut to a tenth. */
export function copyOf({ head, goods, tail, more }: CopyParts, most = MOST_BYTES): string {
  const said = [...head, ...tail].map((line) => cut(line, most / 10))
  const [above, below] = [said.slice(0, head.length), said.slice(head.length)]
  // No more than these would ever fit.
  const lines = goods.slice(0, 60).map((line) => cut(line, most / 6))
  for (let count = lines.length; count >= 0; count--) {
    const shown = lines.slice(0, count)
    const rest = count < goods.length ? [more(goods.length - count)] : []
    const text = [...above, ...shown, ...rest, ...below].filter((line) => line !== '').join('\n')
    if (bytesOf(text) <= most || count === 0) return text
  }
  return ''
}

function cut(line: string, most: number): string {
  const plain = line.replaceAll('\u00a0', ' ').trim()
  let kept = [...plain]
  while (bytesOf(kept.join('')) > most) kept = kept.slice(0, -1)
  return kept.length === [...plain].length ? plain : `${kept.slice(0, -1).join('')}…`
}

/** By which this receipt, as it was signed, is told from every other: 64 bits of its SHA-256, in fours. */
export async function markOf(receipt: Receipt): Promise<string> {
  const hex = await sha256Of(new TextEncoder().encode(canonical(receipt)))
  return hex.slice(0, 16).replaceAll(/(.{4})(?=.)/g, '$1 ')
}
