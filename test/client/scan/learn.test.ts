import { expect, test } from 'vitest'
import { habitsFrom } from '../../../client/scan/learn.ts'

const keys = (text: string) => [...text]
test('a scanner as sold ends with Enter and sends nothing in front', () => {
  expect(habitsFrom([...keys('CODE-1'), 'Enter'], 'CODE-1')).toEqual({ start: '', end: 'Enter' })
})
test('what stands in front and behind is learnt, keys by their names', () => {
  expect(habitsFrom(['F8', 'Shift', ...keys('CODE-1'), 'Tab'], 'CODE-1')).toEqual({ start: 'F8', end: 'Tab' })
  expect(habitsFrom(keys('~CODE-1;'), 'CODE-1')).toEqual({ start: '~', end: ';' })
  expect(habitsFrom(keys(']Q1CODE-1'), 'CODE-1')).toEqual({ start: ']Q1', end: '' })
})
test('something else, or half of it, teaches nothing', () => {
  expect(habitsFrom([...keys('CODE-2'), 'Enter'], 'CODE-1')).toBeNull()
  expect(habitsFrom(keys('ODE-1'), 'CODE-1')).toBeNull()
  expect(habitsFrom([], 'CODE-1')).toBeNull()
})
