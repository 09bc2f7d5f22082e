/** Codes of our own on paper: commands, so that a scanner alone does the whole job, the places of a list, and a person's badge. */
export const SCAN_COMMANDS = ['yes', 'no', 'short', 'undo', 'done'] as const
export type ScanCommand = (typeof SCAN_COMMANDS)[number]
/** Which of those that are listed. */
export const SCAN_CHOICES = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const
export type Printed = { is: 'command'; command: ScanCommand } | { is: 'choice'; choice: number }

/** No beginning of any number in use. */
const MARK = 'cs:'
const BADGE = 'cs:person:'
export const printedAs = (what: ScanCommand | number): string => `${MARK}${what}`.toUpperCase()
/** Says who somebody is and proves nothing: the PIN does. */
export const badgeOf = (person: string): string => `${BADGE}${person}`.toUpperCase()

export function printedIn(text: string): Printed | null {
  const code = bare(text)
  const command = SCAN_COMMANDS.find((each) => code === `${MARK}${each}`)
  if (command) return { is: 'command', command }
  const choice = SCAN_CHOICES.find((each) => code === `${MARK}${each}`)
  return choice ? { is: 'choice', choice } : null
}
/** Whether it is this person's badge. */
export const isBadgeOf = (text: string, person: string): boolean => bare(text) === bare(badgeOf(person))

/** However the scanner writes it, and whether or not it names the symbol. */
const bare = (text: string): string => text.normalize('NFKC').replaceAll(/\s+/g, '').toLowerCase().replace(/^\][a-z]\d/, '')
