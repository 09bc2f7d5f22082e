/**
 * The standards a paper mill begins with, for rolls, for cut sheets and for whatever else it sells. Sizes of sheets keep the tolerances of ISO 216 for lengths
 * above 600 mm; all other figures are our starting values, common in the trade and in no standard: a mill puts its own in their place.
 */
import type { Check, Standard } from './standard.ts'

const around = (below: number, above: number, of: 'unit' | 'target') => ({ type: 'around', below, above, of }) as const

const ANYTHING: readonly Check[] = [
  yesNo('count', 'quantity', 'major'),
  yesNo('clean', 'appearance', 'critical'),
  yesNo('dry', 'appearance', 'major'),
  yesNo('wrapping', 'appearance', 'major'),
  yesNo('label', 'labels', 'major'),
  yesNo('label-print', 'labels', 'minor'),
]
const PAPER: readonly Check[] = [
  ...ANYTHING,
  yesNo('edges', 'appearance', 'minor'),
  yesNo('surface', 'appearance', 'minor'),
  { ...measured('grammage', 'major'), unit: 'g/m²', thousandths: around(40, 40, 'target') },
  { ...measured('thickness', 'minor'), unit: 'µm', thousandths: around(70, 70, 'target'), spare: true },
  { ...measured('moisture', 'major'), unit: '%', thousandths: { type: 'fixed', lower: 4_000, target: 6_000, upper: 8_000 }, spare: true },
]
const PAPER_WORDS = ['紙', '纸', 'paper', 'board', 'g/m²', 'gsm']
const SAMPLING = { level: 'II', aql: { critical: '0.40', major: '2.5', minor: '4.0' } } as const

export const PAPER_ROLLS: Standard = {
  id: 'paper-rolls',
  name: { key: 'inspection.standards.paperRolls' },
  fits: [
    { units: ['roll'], words: PAPER_WORDS },
    { units: ['kg', 'm'], words: ['卷', 'roll', 'reel'] },
  ],
  checks: [
    ...PAPER,
    yesNo('core', 'appearance', 'major'),
    yesNo('splices', 'appearance', 'minor'),
    { ...measured('width', 'major'), unit: 'mm', thousandths: around(3_000, 3_000, 'unit') },
    { ...measured('diameter', 'minor'), unit: 'mm', thousandths: around(30_000, 10_000, 'unit'), spare: true },
    { ...measured('core-bore', 'major'), unit: 'mm', thousandths: around(200, 800, 'unit'), spare: true },
    { ...measured('weight', 'major'), unit: 'kg', thousandths: around(10, 10, 'target'), spare: true },
  ],
  sampling: SAMPLING,
}

/** The unit that is drawn is a ream or a pack, and one sheet of it is measured. */
export const PAPER_SHEETS: Standard = {
  id: 'paper-sheets',
  name: { key: 'inspection.standards.paperSheets' },
  fits: [
    { units: ['ream', 'sheet', 'pack'], words: PAPER_WORDS },
    { units: ['kg'], words: ['平版', '平板', '張', '张', 'sheet'] },
  ],
  checks: [
    ...PAPER,
    yesNo('cut', 'appearance', 'minor'),
    { ...measured('width', 'major'), unit: 'mm', thousandths: around(3_000, 3_000, 'unit') },
    { ...measured('length', 'major'), unit: 'mm', thousandths: around(3_000, 3_000, 'unit') },
    { ...measured('out-of-square', 'minor'), unit: 'mm', thousandths: { type: 'fixed', lower: null, target: 0, upper: 2_000 }, spare: true },
  ],
  sampling: SAMPLING,
}

/** What is neither, and not of paper: looked at and counted, nothing measured. */
export const GENERAL: Standard = { id: 'general', name: { key: 'inspection.standards.general' }, fits: [], checks: [...ANYTHING], sampling: SAMPLING }

export const STANDARDS: readonly Standard[] = [PAPER_ROLLS, PAPER_SHEETS, GENERAL]

/** Whatever fails is photographed, except what a figure already says. */
function yesNo(id: string, area: Check['area'], defect: Check['defect']): Check {
  return { type: 'yes-no', id, name: { key: keyOf(id) }, area, defect, photo: area !== 'quantity' }
}
function measured(id: string, defect: Check['defect']) {
  return { type: 'measured', id, name: { key: keyOf(id) }, area: 'properties', defect, photo: false } as const
}
function keyOf(id: string): string {
  return `inspection.checks.${id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}`
}
