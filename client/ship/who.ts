/** Whom to ask: the people of the site who can do it, by name; the roles themselves when nobody has one. */
import type { Person } from '../../shared/people/person.ts'
import type { Role } from '../../shared/people/role.ts'

const MOST = 3

type Words = { person(name: string, role: Role): string; role(role: Role): string; list(parts: readonly string[]): string }

export function whoOf(people: readonly Person[], roles: readonly Role[], words: Words): string {
  const able = roles.flatMap((role) => people.filter((person) => person.active && person.roles.includes(role)).map((person) => ({ person, role })))
  const once = able.filter(({ person }, i) => able.findIndex((each) => each.person.id === person.id) === i)
  if (once.length === 0) return words.list(roles.map(words.role))
  return words.list(once.slice(0, MOST).map(({ person, role }) => words.person(person.name, role)))
}
