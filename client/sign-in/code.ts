/** One-time codes as people type, paste or scan them. The server reads them as forgivingly; here it is known before it is asked. */

export const CODE_LENGTH = 8

/** The code in what was typed: any case, spaces and dashes or none, full width; of a whole link, what stands after its #. */
export function codeIn(typed: string): string {
  const said = typed.slice(typed.indexOf('#') + 1)
  return said.normalize('NFKC').toUpperCase().replaceAll(/[^0-9A-Z]/g, '')
}

/** ABCD-EFGH, as it is read out. */
export function codeShown(code: string): string {
  return code.length > 4 ? `${code.slice(0, 4)}-${code.slice(4)}` : code
}
