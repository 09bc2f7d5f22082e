/** The checks of factory standards, classes of defects, and what becomes of a lot. */
import type { inspection as zhTW } from '../zh-TW/inspection.ts'
import type { Words } from '../words.ts'

export const inspection: Words<typeof zhTW> = {
  standards: { paperRolls: 'Paper rolls', paperSheets: 'Paper sheets', general: 'General goods' },
  defects: { critical: 'Critical', major: 'Major', minor: 'Minor' },
  dispositions: {
    hold: { title: 'Hold', second: 'Keep it until somebody decides, then inspect again' },
    rework: { title: 'Rework', second: 'Make it good, then inspect again' },
    reject: { title: 'Reject', second: 'It stays here: put back, replace' },
  },
  checks: {
    count: 'Wrong quantity',
    clean: 'Dirt, foreign matter',
    dry: 'Damp',
    wrapping: 'Wrapping torn',
    edges: 'Edges burred, nicked',
    surface: 'Dents, creases',
    label: 'Label wrong, missing',
    labelPrint: 'Label not legible',
    core: 'Core out of shape',
    splices: 'Splice not marked',
    cut: 'Cut uneven',
    grammage: 'Grammage',
    thickness: 'Thickness',
    moisture: 'Moisture',
    width: 'Width',
    length: 'Length',
    diameter: 'Diameter',
    coreBore: 'Core bore',
    weight: 'Weight',
    outOfSquare: 'Out of square',
  },
}
