/** Codes of our own on paper: commands, so that a scanner alone does the whole job, the places of a list, and a person's badge. */
export const SCAN_COMMANDS = ['yes', 'no', 'short', 'undo', 'done', 'plus', 'minus', 'point', 'more'] as const
export type ScanCommand = (typeof SCAN_COMMANDS)[number]
/** Which of those that are listed. */
export const SCAN_CHOICES = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const
/** How much of it, where a quantity is in hand. */
export const SCAN_DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const
export type Printed = { is: 'command'; command: ScanCommand } | { is: 'choice'; choice: number } | { is: 'digit'; digit: number }
const OF_QUANTITY: readonly ScanCommand[] = ['plus', 'minus', 'point']
/** Changes a quantity. */
export const isOfQuantity = (printed: Printed): boolean => printed.is === 'digit' || (printed.is === 'command' && OF_QUANTITY.includes(printed.command))

/** No beginning of any number in use. */
const MARK = 'cs:'
const BADGE = 'cs:person:'
export const printedAs = (what: ScanCommand | number): string => `${MARK}${what}`.toUpperCase()
export const digitAs = (digit: number): string => printedAs(digit).replace(/\d$/, 'D$&')
/** Says who somebody is and proves nothing: the PIN does. */
export const badgeOf = (person: string): string => `${BADGE}${person}`.toUpperCase()

export function printedIn(text: string): Printed | null {
  const code = bare(text)
  const command = SCAN_COMMANDS.find((each) => code === `${MARK}${each}`)
  if (command) return { is: 'command', command }
  const choice = SCAN_CHOICES.find((each) => code === `${MARK}${each}`)
  if (choice) return { is: 'choice', choice }
  const digit = SCAN_DIGITS.find((each) => code === bare(digitAs(each)))
  return digit === undefined ? null : { is: 'digit', digit }
}
/** Whether it is this person's badge. */
export const isBadgeOf = (text: string, person: string): boolean => bare(text) === bare(badgeOf(person))

/** However the scanner writes it, and whether or not it names the symbol. */
const bare = (text: string): string => text.normalize('NFKC').replaceAll(/\s+/g, '').toLowerCase().replace(/^\][a-z]\d/, '')
