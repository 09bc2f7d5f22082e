/** A short checksum of a doc, to notice drift between a device's fold and the server's. Not for security. */

/** JSON with sorted keys, so that equal values give equal text. */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`
}

/** Two 32-bit hashes side by side, of one walk at a time: kept apart from any object, they stay in registers. */
let a = 0
let b = 0

/**
 * 53 bits of a JSON value; the order of keys doesn't count. Runs for every doc that is written or settled, so it walks the
 * value and neither sorts nor makes text (ten times as long).
 */
export function checksum(value: unknown): number {
  a = 0xdeadbeef | 0
  b = 0x41c6ce57
  add(value)
  const h1 = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  const h2 = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return 4294967296 * (2097151 & h2) + (h1 >>> 0)
}

function add(value: unknown): void {
  if (typeof value === 'string') addText(value, 1)
  else if (value === null || typeof value !== 'object') addText(String(value), 2)
  else if (Array.isArray(value)) {
    addText('', 3)
    for (let i = 0; i < value.length; i++) add(value[i])
    addText('', 4)
  } else addEntries(value)
}

/** Entries are added up, while the elements of an array follow each other. */
function addEntries(value: object): void {
  const beforeA = a
  const beforeB = b
  let sumA = 0
  let sumB = 0
  for (const key in value) {
    const each: unknown = value[key as keyof typeof value]
    if (each === undefined) continue
    a = beforeA
    b = beforeB
    addText(key, 5)
    add(each)
    sumA = (sumA + a) | 0
    sumB = (sumB + b) | 0
  }
  a = Math.imul(sumA ^ beforeA, 2654435761)
  b = Math.imul(sumB ^ beforeB, 1597334677)
}

/** `kind` keeps "1" and 1, {} and [] apart. */
function addText(text: string, kind: number): void {
  let x = Math.imul(a ^ kind, 2654435761)
  let y = Math.imul(b ^ kind, 1597334677)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    x = Math.imul(x ^ code, 2654435761)
    y = Math.imul(y ^ code, 1597334677)
  }
  a = x ^ (x >>> 15)
  b = y ^ (y >>> 13)
}
