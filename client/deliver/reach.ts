/** How a driver reaches a customer: a number to dial, an address to drive to. */

/** `04-2335-8841 轉 12` → tel:0423358841,12: an extension is dialled after a pause, not as part of the number. Null without digits. */
export function dial(phone: string): string | null {
  const [number = '', ...extensions] = phone.normalize('NFKC').split(/轉|转|分機|分机|ext\.?|x|#|;|,/i)
  const plus = number.trim().startsWith('+') ? '+' : ''
  const digits = number.replace(/\D/g, '')
  if (digits === '') return null
  const pauses = extensions.map((each) => each.replace(/\D/g, '')).filter((each) => each !== '')
  return `tel:${[plus + digits, ...pauses].join(',')}`
}

/** Opens the phone's own map. Null without an address. */
export function mapOf(address: string): string | null {
  return address.trim() === '' ? null : `geo:0,0?q=${encodeURIComponent(address.trim())}`
}
