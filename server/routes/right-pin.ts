/** Whether a PIN is a person's: every try is counted before it is looked at, so that tries at the same time are counted too. */
import type { Log, PersonRow, WriteTx } from '../log/log.ts'
import { isPin, lockOf, tried, triesLeft, unlocked } from '../people/pin.ts'
import { problem } from './problem.ts'

type Asked = { site: string; person: string; pin: string; now: number }

/** The person, whose wrong tries are forgotten. Throws the problem that says why not: `wrong-pin`, `pin-locked`, or that nobody comes in under it. */
export async function rightPin(log: Log, { site, person: id, pin, now }: Asked): Promise<PersonRow> {
  const { pinHash, counted } = await log.write(async (tx) => {
    const [person, known] = await admitted(tx, site, id)
    const until = lockOf(person, now)
    if (until !== null) throw locked(until, now)
    const after = tried(person, now)
    await tx.savePerson(after)
    return { pinHash: known, counted: after }
  })
  if (!(await isPin(pinHash, pin))) throw counted.lockedUntil === null ? problem(403, 'wrong-pin', { left: triesLeft(counted) }) : locked(counted.lockedUntil, now)
  return log.write(async (tx) => {
    const [before, known] = await admitted(tx, site, id)
    // Whoever changed the PIN meanwhile meant that the old one ends.
    if (known !== pinHash) throw problem(403, 'wrong-pin', { left: triesLeft(before) })
    await tx.savePerson(unlocked(before))
    return before
  })
}

/** A person of this site who may come in, with their PIN's hash. Another site's people are not there. */
async function admitted(tx: WriteTx, site: string, id: string): Promise<[PersonRow, string]> {
  const person = await tx.person(id)
  if (person?.site !== site) throw problem(404, 'no-person')
  if (person.revokedAt !== null) throw problem(403, 'person-revoked')
  if (person.pinHash === null) throw problem(403, 'no-pin')
  return [person, person.pinHash]
}

function locked(until: string, now: number) {
  const seconds = Math.ceil((Date.parse(until) - now) / 1000)
  return problem(429, 'pin-locked', { until, seconds, left: 0 }, { 'Retry-After': String(seconds) })
}
