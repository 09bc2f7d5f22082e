/** JSON from outside, at whatever door: nothing that can be read and then never be written, or found, again. */

/** Deeper than anything that is sent here; far deeper ones can be read but never written again. */
const DEEPEST = 64
/** JSON can spell half of a UTF-16 pair, which is no text. The store would keep U+FFFD in its place and never find by it again. */
const HALF = /\\u[dD][89a-fA-F]/

/** Throws SyntaxError. */
export function parsed(text: string): unknown {
  if (isDeeper(text, DEEPEST)) throw new SyntaxError(`deeper than ${DEEPEST}`)
  const read: unknown = JSON.parse(text)
  return HALF.test(text) ? whole(read) : read
}

function whole(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map(whole)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toWellFormed(), whole(inner)]))
}

/** Whether brackets stand within brackets more often than that, outside of strings. One walk, whatever the text is. */
function isDeeper(text: string, most: number): boolean {
  let depth = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (sign === '"') quoted = !quoted
    else if (quoted) {
      if (sign === '\\') at += 1
    } else if (sign === '[' || sign === '{') {
      depth += 1
      if (depth > most) return true
    } else if (sign === ']' || sign === '}') depth -= 1
  }
  return false
}
