/** The characters a component may be of (General Specifications, 7.11): which of them is wrong. */
import { type Check, type Fault, part, type Reason } from './fault.ts'

/** Code table 82, in the order that gives each character its value (figure 7.11-1). */
export const CSET82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'

export const digits: Check = (text) => strangerIn(text, /[^0-9]/u, 'non-digit-character')
export const cset82: Check = (text) => strangerIn(text, /[^!"%-?A-Z_a-z]/u, 'invalid-cset82-character')
export const cset39: Check = (text) => strangerIn(text, /[^#\-/0-9A-Z]/u, 'invalid-cset39-character')

/** Figure 7.11-3: base64 for URIs, padded to whole groups of three characters. */
export function cset64(text: string): Fault | null {
  const padded = text.indexOf('=')
  const data = padded < 0 ? text : text.slice(0, padded)
  const stranger = strangerIn(data, /[^0-9A-Za-z_-]/u, 'invalid-cset64-character')
  if (stranger || padded < 0) return stranger
  const padding = text.slice(padded)
  if (/[^=]/u.test(padding)) return part('invalid-cset64-character', padded, 1)
  return padding.length > 2 || text.length % 3 !== 0 ? part('invalid-cset64-padding', padded, padding.length) : null
}

function strangerIn(text: string, stranger: RegExp, reason: Reason): Fault | null {
  const at = text.search(stranger)
  return at < 0 ? null : part(reason, at, 1)
}
