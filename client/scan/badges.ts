/** At the door a scan is somebody's badge, or nothing. */
import type { PersonCard } from '../../shared/people/wire.ts'
import { isBadgeOf } from '../../shared/scan/printed.ts'
import { useScanner } from './scanner.ts'
import { signal } from './signal.ts'

export function hearBadges(people: () => readonly PersonCard[], is: (person: PersonCard) => unknown): void {
  useScanner((code) => {
    const person = people().find(({ id }) => isBadgeOf(code, id))
    signal(person ? 'right' : 'wrong')
    if (person) void is(person)
  })
}
