/**
 * ISO/IEC 15434 envelopes: `[)>` RS, then formats, each ended by RS, then EOT. Format 06 holds ASC MH10 data identifiers (P, Q, 1T, S …), format
 * 05 GS1's own. What ends them is often lost on the way and not insisted on.
 */
import { type Element, GS, type Read } from './element.ts'
import { readElementString } from './element-string.ts'

/** A data identifier (ANSI MH10.8.2): up to three digits and a letter. */
export type Field = { di: string; value: string }
export type Envelope = { fields: Field[]; elements: Element[] }

const [RS, EOT] = ['\u001E', '\u0004']
export const isEnvelope = (text: string): boolean => text.startsWith('[)>')

export function readEnvelope(text: string, { lenient = false } = {}): Read<Envelope> {
  const envelope: Envelope = { fields: [], elements: [] }
  const formats = text.slice(3).replaceAll(EOT, '').split(RS).filter((format) => format !== '')
  for (const format of formats) {
    const [number, data] = format[2] === GS ? [format.slice(0, 2), format.slice(3)] : ['', '']
    if (number === '05') {
      const read = readElementString(data, { lenient })
      if ('error' in read) return read
      envelope.elements.push(...read.value)
    } else if (number === '06') {
      for (const text of data.split(GS).filter((field) => field !== '')) {
        const [, di, value] = /^(\d{0,3}[A-Z])(.*)$/s.exec(text) ?? []
        if (di === undefined || value === undefined) return { error: { type: 'envelope', wanted: 'P, 1P, Q …', came: text.slice(0, 20) } }
        envelope.fields.push({ di, value })
      }
    } else return { error: { type: 'envelope', wanted: '05 GS, 06 GS', came: format.slice(0, 20) } }
  }
  return envelope.fields.length + envelope.elements.length === 0 ? { error: { type: 'nothing-read' } } : { value: envelope }
}
