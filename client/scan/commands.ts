/** A screen for which nothing is scanned but printed commands: what is half written there is not left for a paper that somebody scans. */
import { printedIn } from '../../shared/scan/printed.ts'
import { obey } from './obey.ts'
import { useScanner } from './scanner.ts'
import { signal } from './signal.ts'

export function useCommands(): void {
  useScanner((code) => {
    const printed = printedIn(code)
    if (printed) obey(printed)
    else signal('wrong')
  }, 'commands')
}
