/** What is scanned faster than a screen can hear it. */
import { effectScope, nextTick, ref } from 'vue'
import { expect, test } from 'vitest'
import { printedAs } from '../../../shared/scan/printed.ts'
import { useTurns } from '../../../client/scan/turns.ts'

function screen({ opens = true, work = (): unknown => undefined } = {}) {
  const known = ref(opens)
  const heard: string[] = []
  const scope = effectScope()
  const scans = scope.run(() =>
    useTurns(
      () => known.value,
      (code) => {
        heard.push(code)
        return work()
      },
    ),
  )
  if (!scans) throw new Error('no scope')
  return { known, heard, scans, leave: () => scope.stop() }
}
const turns = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await nextTick()
}

test('what is scanned where one knows what it is about is heard at once', () => {
  const { heard, scans } = screen()
  scans('A')
  scans('B')
  expect(heard).toEqual(['A', 'B'])
})

test('what comes before that waits, and is heard in its order, each once', async () => {
  const { known, heard, scans } = screen({ opens: false })
  scans('A')
  scans('B')
  await turns()
  expect(heard).toEqual([])
  known.value = true
  scans('C')
  await turns()
  expect(heard).toEqual(['A', 'B', 'C'])
  scans('D')
  expect(heard).toEqual(['A', 'B', 'C', 'D'])
})

test('a printed command waits for nothing, but never overtakes what was scanned before it', async () => {
  const { known, heard, scans } = screen({ opens: false })
  scans(printedAs('no'))
  expect(heard).toEqual([printedAs('no')])
  scans('A')
  scans(printedAs('yes'))
  await turns()
  expect(heard).toEqual([printedAs('no')])
  known.value = true
  await turns()
  expect(heard).toEqual([printedAs('no'), 'A', printedAs('yes')])
})

test('each is heard once the one before is done, and one that failed holds up nobody', async () => {
  const ends: ((error?: Error) => void)[] = []
  const { heard, scans } = screen({ work: () => new Promise<void>((done, fail) => ends.push((error) => (error ? fail(error) : done()))) })
  const first = scans('A') as Promise<void>
  scans('B')
  await turns()
  expect(heard).toEqual(['A'])
  ends[0]?.(new Error('the tables are full'))
  await expect(first).rejects.toThrow('the tables are full')
  await turns()
  expect(heard).toEqual(['A', 'B'])
})

test('who leaves before it is known is heard no more', async () => {
  const { known, heard, scans, leave } = screen({ opens: false })
  scans('A')
  await turns()
  leave()
  known.value = true
  await turns()
  expect(heard).toEqual([])
})
