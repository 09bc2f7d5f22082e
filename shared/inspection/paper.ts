/**
 * The standards a paper mill begins with, for rolls and for cut sheets. Sizes of sheets keep the tolerances of ISO 216 for lengths
 * above 600 mm; all other figures are our starting values, common in the trade and in no standard: a mill puts its own in their place.
 */
import type { Check, Standard } from './standard.ts'

const around = (below: number, above: number, of: 'unit' | 'target') => ({ type: 'around', below, above, of }) as const

const BOTH: readonly Check[] = [
  yesNo('count', 'quantity', 'major'),
  yesNo('clean', 'appearance', 'critical'),
  yesNo('dry', 'appearance', 'major'),
  yesNo('wrapping', 'appearance', 'major'),
  yesNo('edges', 'appearance', 'minor'),
  yesNo('surface', 'appearance', 'minor'),
  yesNo('label', 'labels', 'major'),
  yesNo('label-print', 'labels', 'minor'),
  { ...measured('grammage', 'major'), unit: 'g/m²', thousandths: around(40, 40, 'target') },
  { ...measured('thickness', 'minor'), unit: 'µm', thousandths: around(70, 70, 'target') },
  { ...measured('moisture', 'major'), unit: '%', thousandths: { type: 'fixed', lower: 4_000, target: 6_000, upper: 8_000 } },
]

export const PAPER_ROLLS: Standard = {
  id: 'paper-rolls',
  name: { key: 'inspection.standards.paperRolls' },
  checks: [
    ...BOTH,
    yesNo('core', 'appearance', 'major'),
    yesNo('splices', 'appearance', 'minor'),
    { ...measured('width', 'major'), unit: 'mm', thousandths: around(3_000, 3_000, 'unit') },
    { ...measured('diameter', 'minor'), unit: 'mm', thousandths: around(30_000, 10_000, 'unit') },
    { ...measured('core-bore', 'major'), unit: 'mm', thousandths: around(200, 800, 'unit') },
    { ...measured('weight', 'major'), unit: 'kg', thousandths: around(10, 10, 'target') },
  ],
  sampling: { level: 'II', aql: { critical: '0.40', major: '2.5', minor: '4.0' } },
}

/** The unit that is drawn is a ream or a pack, and one sheet of it is measured. */
export const PAPER_SHEETS: Standard = {
  id: 'paper-sheets',
  name: { key: 'inspection.standards.paperSheets' },
  checks: [
    ...BOTH,
    yesNo('cut', 'appearance', 'minor'),
    { ...measured('width', 'major'), unit: 'mm', thousandths: around(3_000, 3_000, 'unit') },
    { ...measured('length', 'major'), unit: 'mm', thousandths: around(3_000, 3_000, 'unit') },
    { ...measured('out-of-square', 'minor'), unit: 'mm', thousandths: { type: 'fixed', lower: null, target: 0, upper: 2_000 } },
  ],
  sampling: { level: 'II', aql: { critical: '0.40', major: '2.5', minor: '4.0' } },
}

export const STANDARDS: readonly Standard[] = [PAPER_ROLLS, PAPER_SHEETS]

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
