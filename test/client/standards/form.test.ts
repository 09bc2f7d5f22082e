import { describe, expect, test } from 'vitest'
import { type Entry, entryOf, freshId, newLook, newMeasure, readEntry } from '../../../client/standards/form.ts'
import { PAPER_ROLLS, STANDARDS } from '../../../shared/inspection/paper.ts'
import { StandardForm } from '../../../shared/inspection/standard.ts'

const say = (key: string) => `(${key})`
const rolls = () => entryOf(PAPER_ROLLS, say)
const kraft = (change: Partial<Entry> = {}): Entry => ({
  ...entryOf({ name: { text: '立德牛皮' }, fits: [], skus: ['BK-080-1092'], checks: [], sampling: PAPER_ROLLS.sampling }, say),
  measures: [{ ...newMeasure('own-1'), name: '平滑度', unit: '%', lower: '12,5', upper: '40' }],
  ...change,
})
const wrongs = (entry: Entry) => readEntry(entry).wrong.map(({ field, wanted }) => `${field} ${wanted}`)
const measured = (change: object) => wrongs(kraft({ measures: kraft().measures.map((each) => ({ ...each, ...change })) }))

describe('a factory standard as it is filled in', () => {
  test('the ones that the app brings come back as they were, names by their keys', () => {
    for (const { id: _, ...standard } of STANDARDS.filter(({ fits }) => fits.length > 0)) {
      const { form, wrong } = readEntry(entryOf(standard, say))
      expect(wrong).toEqual([])
      const byId = (checks: StandardForm['checks']) => checks.toSorted((a, b) => (a.id < b.id ? -1 : 1))
      expect({ ...form, checks: byId(form.checks) }).toEqual({ ...standard, checks: byId([...standard.checks]) })
    }
  })
  test('one of a product is what a server takes', () => {
    const { form, wrong } = readEntry(kraft({ skus: 'BK-080-1092，BK-100-1092 BK-080-1092' }))
    expect(wrong).toEqual([])
    expect(StandardForm.parse(JSON.parse(JSON.stringify(form)))).toEqual(form)
    expect(form.skus).toEqual(['BK-080-1092', 'BK-100-1092'])
    expect(form.checks).toEqual([{ type: 'measured', id: 'own-1', name: { text: '平滑度' }, area: 'properties', defect: 'major', photo: false, unit: '%', thousandths: { type: 'fixed', lower: 12_500, target: null, upper: 40_000 } }])
  })
  test('limits the wrong way round, none at all, or no figures are said where they stand', () => {
    expect(measured({ lower: '50', upper: '40' })).toEqual(['measures.0.upper order'])
    expect(measured({ lower: '', upper: ' ' })).toEqual(['measures.0.lower limit'])
    expect(measured({ lower: 'x' })).toEqual(['measures.0.lower number'])
    expect(measured({ lower: '', upper: '40' })).toEqual([])
    expect(readEntry(kraft({ measures: [{ ...newMeasure('own-1'), name: 'a', unit: 'mm', lower: '50', upper: '40' }] })).wrong[0]?.came).toBe('50 > 40')
  })
  test('a missing unit, name or number of readings, and one name twice', () => {
    expect(measured({ unit: '' })).toEqual(['measures.0.unit unit'])
    expect(measured({ name: ' ' })).toEqual(['measures.0.name name'])
    expect(['0', '2.5', '51', ''].map((samples) => measured({ samples }))).toEqual(Array(4).fill(['measures.0.samples samples']))
    expect(wrongs(kraft({ looks: [{ ...newLook('own-2'), name: '平滑度 ' }] }))).toEqual(['looks.0.name twice'])
  })
  test('it is for some goods, and asks something of them', () => {
    expect(wrongs(kraft({ skus: ' ' }))).toEqual(['goods goods'])
    expect(wrongs(kraft({ skus: '', fits: [{ units: [], words: '牛皮' }] }))).toEqual(['goods goods'])
    expect(wrongs(kraft({ skus: '', fits: [{ units: ['roll'], words: '牛皮、kraft paper' }] }))).toEqual([])
    expect(readEntry(kraft({ fits: [{ units: ['roll'], words: '牛皮、kraft paper' }] })).form.fits).toEqual([{ units: ['roll'], words: ['牛皮', 'kraft paper'] }])
    expect(wrongs(kraft({ measures: [] }))).toEqual(['checks checks'])
  })
  test('around what was ordered, in the unit or in percent, never below nothing', () => {
    const entry = rolls()
    const grammage = entry.measures.find(({ id }) => id === 'grammage')
    expect(grammage).toMatchObject({ limits: 'target', lower: '4', upper: '4' })
    const changed = (change: object) => readEntry({ ...entry, measures: entry.measures.map((each) => (each.id === 'grammage' ? { ...each, ...change } : each)) })
    expect(changed({ lower: '2.5' }).form.checks.find(({ id }) => id === 'grammage')).toMatchObject({ thousandths: { type: 'around', below: 25, above: 40, of: 'target' } })
    expect(changed({ lower: '-1' }).wrong.map(({ wanted }) => wanted)).toEqual(['below'])
    expect(changed({ upper: '' }).wrong.map(({ wanted }) => wanted)).toEqual(['number'])
  })
  test('around what was ordered may stand whatever is measured', () => {
    const [thick] = readEntry(kraft({ measures: [{ ...newMeasure('own-1'), name: '厚度', unit: 'µm', limits: 'target', lower: '5', upper: '7.5' }] })).form.checks
    expect(thick).toMatchObject({ unit: 'µm', thousandths: { type: 'around', below: 50, above: 75, of: 'target' } })
  })
  test('a name that somebody writes is a name of its own', () => {
    const entry = { ...rolls(), name: '外銷捲筒', key: null }
    expect(readEntry(entry).form.name).toEqual({ text: '外銷捲筒' })
    expect(freshId(kraft())).toBe('own-2')
    expect(freshId(kraft({ looks: [newLook('own-2')] }))).toBe('own-3')
  })
})
