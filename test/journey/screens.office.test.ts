import { expect, test } from 'vitest'
import { SEATED, TOUR } from '../support/tour.ts'
import { readAll } from './screens.ts'

const guide = readAll(SEATED)

test('is there for every route', async () => {
  const seen = new Set(await Promise.all(TOUR.map((visit) => visit.ends ?? guide().routeOf(visit))))
  // Home only leads on to the first place of a person.
  expect((await guide().routeNames()).filter((name) => name !== 'home' && !seen.has(name))).toEqual([])
})
