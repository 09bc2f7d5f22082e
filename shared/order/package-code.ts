/** The number on a package: an SSCC where the site has a GS1 prefix, otherwise one of its own that nobody takes for GS1's. */
import { ssccOf } from '../scan/gs1/digits.ts'
import type { Site } from '../site/site.ts'

/** Each device counts by itself, without gaps and without asking anyone (M21). */
export type Counted = { device: number; count: number }

/**
 * An SSCC's serial reference is the device and its count. Where the two have no room in it any more, the package gets a number of the
 * site's own: two packages with one SSCC are worse than one without. The site then goes on with its next extension digit.
 */
export function packageCode({ device, count }: Counted, sscc: Site['sscc']): string {
  const own = `PK${String(device).padStart(4, '0')}${String(count).padStart(8, '0')}`
  if (!sscc || device > MOST_DEVICES) return own
  const share = shareOf(device)
  const room = 16 - sscc.prefix.length - share.length
  const serial = String(count)
  return serial.length > room ? own : ssccOf(`${sscc.extension}${sscc.prefix}`, `${share}${serial.padStart(room, '0')}`)
}

/** Under which a device counts: another prefix begins anew. */
export const seriesOf = (sscc: Site['sscc']): string => (sscc ? `SSCC-${sscc.extension}${sscc.prefix}` : 'PK')

const FEW = 90
const MOST_DEVICES = 999
/** Two digits for the first devices of a site, 9 and three more for the others: none begins as another does. */
const shareOf = (device: number): string => (device < FEW ? String(device).padStart(2, '0') : `9${String(device).padStart(3, '0')}`)

/** How it is written for people: its parts stand apart, on one line. */
export function spaced(code: string): string {
  const groups = /^\d{18}$/.test(code) ? /^(\d)(\d{4})(\d{4})(\d{4})(\d{4})(\d)$/ : /^(PK\d{4})(\d{4})(\d{4})$/
  const parts = groups.exec(code)
  return parts ? parts.slice(1).join('\u00a0') : code
}
