/** What a whole column shows: how its numbers and dates are written, some of its values, whether they all differ. */
import { type DateProfile, dateStyle, newDateProfile, parseDate, profileDate } from './dates.ts'
import { FIELD_RULES, type Field, type FieldKind } from './fields.ts'
import { newNumberProfile, type NumberProfile, numberStyle, parseNumber, profileNumber } from './numbers.ts'
import { readCurrency, readGrade, readTerms, readUnit } from './values.ts'

export type Profile = {
  filled: number
  number: NumberProfile
  date: DateProfile
  /** values such as 12, and such as 12.0 */
  digits: number
  floats: number
  /** the largest plain number */
  most: number
  /** the first different values */
  different: Set<string>
  /** different values without any digit, and how many rows have one */
  words: Set<string>
  wordRows: number
}
const MOST_DIFFERENT = 200
/** More words than these and the column is no column of numbers with exceptions. */
export const MOST_NOT_GOODS = 50
/** From here on every tenth row speaks for its neighbours: what fits no style is listed by its row anyway. */
const WHOLE_ROWS = 10_000
const NUMBERISH = /\d/
const LONGEST = 40

export function newProfile(): Profile {
  return { filled: 0, number: newNumberProfile(), date: newDateProfile(), digits: 0, floats: 0, most: 0, different: new Set(), words: new Set(), wordRows: 0 }
}

export function profileCell(profile: Profile, text: string, row: number): void {
  if (text === '') return
  profile.filled += 1
  if (profile.different.size < MOST_DIFFERENT) profile.different.add(text)
  if (!NUMBERISH.test(text)) {
    profile.wordRows += 1
    if (profile.words.size <= MOST_NOT_GOODS) profile.words.add(text)
    return
  }
  if ((row > WHOLE_ROWS && row % 10 !== 0) || text.length > LONGEST) return
  if (/^\d+$/.test(text)) profile.digits += 1
  else if (/^\d+\.0+$/.test(text)) profile.floats += 1
  const value = Number(text)
  if (value > profile.most) profile.most = value
  profileNumber(profile.number, text)
  profileDate(profile.date, text)
}

/** 14620.0 stands for 14620 where no value of the column is written without the point. */
export function floatsOf(profile: Profile): boolean {
  return profile.floats > 0 && profile.digits === 0
}

/** How many of the column's values have a meaning of this kind, 0 to 1. */
export function fitness(profile: Profile, kind: FieldKind): number {
  const values = [...profile.different].slice(0, 60)
  if (values.length === 0) return 0
  const { decimal } = numberStyle(profile.number)
  const style = dateStyle(profile.date)
  const means = (text: string): boolean => {
    switch (kind) {
      case 'id':
        return text.length <= 40
      case 'text':
        return true
      case 'date':
        return parseDate(text, style, 'UTC') !== null
      case 'quantity':
      case 'money':
      case 'share':
      case 'weight':
        return parseNumber(text, decimal) !== null
      case 'unit':
        return 'value' in readUnit(text)
      case 'grade':
        return 'value' in readGrade(text)
      case 'terms':
        return 'value' in readTerms(text)
      case 'currency':
        return 'value' in readCurrency(text)
    }
  }
  return values.filter(means).length / values.length
}

/** Of the different values; what doesn't fit is listed row by row. */
const ENOUGH = 0.3

/** Enough of its values have a meaning there; an empty column may be anything by its name. */
export function fits(profile: Profile, field: Field): boolean {
  return profile.filled === 0 || fitness(profile, FIELD_RULES[field].kind) >= ENOUGH
}
