/**
 * Everything that must be true, in one command: `npm test`. Runs on whatever Node is there and installs what it needs,
 * browsers included. Arguments go to vitest: `npm test -- test/shared`.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { install, nodeBinary } from '../server/install.mjs'
import { installBrowser, installEngines } from './install-browser.mjs'

await install()
installBrowser()
const missing = installEngines()

const node = nodeBinary()
const bin = (file) => [node, join('node_modules', file)]
const reports = mkdtempSync(join(tmpdir(), 'countersign-test-'))
const reportOf = (project) => join(reports, `${project}.json`)
const chosen = process.argv.slice(2)
const vitest = (project) => [
  ...bin('vitest/vitest.mjs'),
  ...['run', '--project', project, '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${reportOf(project)}`],
  ...chosen,
]

/** New ones each time: a seed that does not hold says how it is played again (test/simulate/README.md). On one core: the units have the other. */
const seeds = ['--minutes', '2', '--cores', '1', '--seeds', '1000', '--from', String(Math.floor(Date.now() / 1000))]
/** One after the other, beside the units, as the simulation is. */
const still = [
  ['build, with its budget', ...bin('vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
  ['types of the screens', ...bin('vue-tsc/bin/vue-tsc.js'), '--noEmit', '-p', 'client'],
  ['types of server, shared and tests', ...bin('typescript7/bin/tsc'), '-p', '.'],
  ['lint', ...bin('@biomejs/biome/bin/biome'), 'check', '.'],
  ['known holes in what production uses', node, 'test/audit.ts'],
]
const simulation = chosen.length === 0 ? [['simulation', node, 'test/simulate/simulate.ts', ...seeds]] : []
/** A step that could not ask whom it should (sysexits.h: try later). */
const NOT_ASKED = 75
const env = { ...process.env, CI: 'true' }
const notAsked = []
let [passed, failed] = [0, 0]
function ended(name, status, began) {
  console.info(`${status === 0 ? '✓' : status === NOT_ASKED ? '?' : '✗'} ${name}, ${((Date.now() - began) / 1000).toFixed(1)} s`)
  if (status === 0) passed += 1
  else if (status === NOT_ASKED) notAsked.push(name)
  else failed += 1
}
/** Beside others: what it says is printed when it has ended. */
async function aside([name, command, ...args]) {
  const began = Date.now()
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env })
  const said = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => said.push(bytes))
  const status = await new Promise((done) => {
    child.on('close', done)
    child.on('error', (error) => {
      said.push(Buffer.from(`${error}\n`))
      done(1)
    })
  })
  console.info(`\n▸ ${name}`)
  process.stdout.write(Buffer.concat(said))
  ended(name, status, began)
}
async function inTurn(steps) {
  for (const each of steps) await aside(each)
}
const beside = Promise.all([simulation, still].map(inTurn))
/** What it says is printed as it comes. */
async function step([name, command, ...args]) {
  const began = Date.now()
  console.info(`\n▸ ${name}`)
  const child = spawn(command, args, { stdio: 'inherit', env })
  ended(name, await new Promise((done) => child.on('close', done).on('error', () => done(1))), began)
}
await step(['units', ...vitest('units')])
await beside
// Journeys have the machine to themselves.
await step(['journeys', ...vitest('journeys')])
for (const project of ['units', 'journeys'].filter((each) => existsSync(reportOf(each)))) {
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(reportOf(project), 'utf8'))
  passed += numPassedTests
  failed += numFailedTests
}
rmSync(reports, { recursive: true, force: true })
if (!existsSync('../shared/data'))
  console.info('\nSkipped: the suites on the official data sets, because ../shared/data is not on this machine. Everything else ran.')
if (notAsked.length > 0) console.info(`\nNot asked, because the registry did not answer: ${notAsked.join(', ')}.`)
if (missing.length > 0)
  console.info(`\nSkipped: the device's tables in ${missing.join(' and ')}, because only root on Debian can install what drives them (see test/install-browser.mjs).`)
console.info(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
