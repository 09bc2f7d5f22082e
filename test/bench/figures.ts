/** Measures and says it: figures as ratios to baselines of the same run. Started by run.mjs. */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Figure } from './figure.ts'

const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } })

const SUITES: { readonly [name: string]: () => Promise<Figure[]> } = {
  server: async () => (await import('./server.ts')).serverFigures(),
  wire: async () => (await import('./wire.ts')).wireFigures(),
  fleet: async () => (await import('./fleet.ts')).fleetFigures(),
  screen: async () => (await import('./screen.ts')).screenFigures(),
  photos: async () => (await import('./photos.ts')).photoFigures(),
  handheld: async () => (await import('./handheld.ts')).handheldFigures(),
}

const figures: Figure[] = []
for (const [name, measure] of Object.entries(SUITES)) {
  if (values.only !== undefined && values.only !== name) continue
  console.info(`\n${name}`)
  for (const each of await measure()) {
    figures.push(each)
    console.info(line(each))
  }
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ at: new Date().toISOString(), node: process.version, figures }, null, 2)}\n`)

function line({ name, value, unit, baseline, ratio, aim, met, note }: Figure): string {
  const number = (each: number) => (each >= 100 ? Math.round(each).toLocaleString('en') : each.toFixed(2))
  const against = baseline && ratio !== null ? `\n      ratio ${ratio.toFixed(2)} to ${number(baseline.value)} ${unit}: ${baseline.name}` : ''
  const judged = aim === '' ? '' : `\n      aim ${aim}: ${met ? 'met' : 'MISSED'}`
  return `  ${name}: ${number(value)} ${unit}${against}${judged}${note === '' ? '' : `\n      ${note}`}`
}
