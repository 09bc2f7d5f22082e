/**
 * `npm run simulate -- --seeds N [--from S] [--minutes M] [--cores C] [--mutants | --mutant NAME]`: plays seeds on all cores, or so many, and reports.
 * Ends with 1 when anything did not hold, or when a mutant that can be reached was not found. `--minutes` ends it sooner.
 */
import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { MUTANTS } from './mutants.ts'
import type { Order, Told } from './player.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '0' },
    cores: { type: 'string', default: String(availableParallelism()) },
    mutant: { type: 'string' },
    mutants: { type: 'boolean', default: false },
  },
})
const [seeds, from, minutes, cores] = [Number(values.seeds), Number(values.from), Number(values.minutes), Number(values.cores)]
if (![seeds, from, minutes, cores].every(Number.isFinite) || seeds < 1 || cores < 1) throw new Error(`--seeds, --from, --minutes and --cores are numbers; came ${JSON.stringify(values)}`)
const player = new URL('player.ts', import.meta.url).pathname
const TICK_MS = 120_000
const say = (line: string) => void process.stdout.write(`${line}\n`)

type Report = { seeds: number; made: number; accepted: number; refused: number; quarantined: number; requests: number; faults: Map<string, number>; broken: { seed: number; why: string }[]; seconds: number }

/** Until the seeds are played, the time is over, or `most` of them did not hold. */
function playOn(processes: number, first: number, count: number, mutant: string | null, most: number): Promise<Report> {
  const report: Report = { seeds: 0, made: 0, accepted: 0, refused: 0, quarantined: 0, requests: 0, faults: new Map(), broken: [], seconds: 0 }
  const began = performance.now()
  return new Promise((done, failed) => {
    const children = Array.from({ length: Math.min(processes, count) }, () => fork(player, [], { execArgv: ['--max-semi-space-size=64'] }))
    const timer = minutes > 0 ? setTimeout(end, minutes * 60_000) : null
    const tick = setInterval(() => say(`${report.seeds} of ${count} seeds after ${Math.round((performance.now() - began) / 1000)} s, ${report.broken.length} violations`), TICK_MS)
    function end() {
      if (timer) clearTimeout(timer)
      clearInterval(tick)
      for (const child of children) child.kill('SIGKILL')
      report.seconds = (performance.now() - began) / 1000
      done(report)
    }
    children.forEach((child, i) => {
      child.send({ from: first + i, step: children.length, mutant } satisfies Order)
      child.on('exit', (code) => {
        // Not a violation: nothing can be played.
        if (code !== null) failed(new Error(`a player of ${mutant ?? 'the code as it is'} ended with ${code}`))
      })
      child.on('message', (message) => {
        const told = message as Told
        if (report.seeds >= count) return
        report.seeds += 1
        if (!('broken' in told)) add(report, told.played)
        else {
          report.broken.push({ seed: told.seed, why: told.broken })
          // At once: who ends a long run has them.
          if (mutant === null) say(`\nnpm run simulate -- --seeds 1 --from ${told.seed}\n${told.broken}\n`)
        }
        if (report.seeds >= count || report.broken.length >= most) end()
      })
    })
  })
}

function add(report: Report, { faults, ...sums }: Extract<Told, { played: unknown }>['played']): void {
  for (const key of ['made', 'accepted', 'refused', 'quarantined', 'requests'] as const) report[key] += sums[key]
  for (const [fault, count] of Object.entries(faults)) report.faults.set(fault, (report.faults.get(fault) ?? 0) + count)
}

/** Whether the fault was found. */
async function hunt(name: string): Promise<boolean> {
  const mutant = MUTANTS[name]
  if (!mutant) throw new Error(`there is no mutant ${name}; there are ${Object.keys(MUTANTS).join(', ')}`)
  if ('unreachable' in mutant) {
    say(`${name.padEnd(14)} not to be reached: ${mutant.unreachable}`)
    return true
  }
  const report = await playOn(cores, from, seeds, name, 1)
  const [found] = report.broken
  const what = found ? `found at seed ${found.seed}: ${firstLine(found.why)}` : `NOT FOUND in ${report.seeds} seeds`
  say(`${name.padEnd(14)} ${what}`)
  return found !== undefined
}

const firstLine = (text: string) => (text.split('\n')[0] ?? '').slice(0, 160)

async function main(): Promise<boolean> {
  if (values.mutant !== undefined) return hunt(values.mutant)
  if (values.mutants) {
    let all = true
    for (const name of Object.keys(MUTANTS)) all = (await hunt(name)) && all
    return all
  }
  const report = await playOn(cores, from, seeds, null, 5)
  const { made, accepted, refused, quarantined, requests, faults, broken, seconds } = report
  say(`${report.seeds} seeds from ${from} in ${seconds.toFixed(0)} s, ${(report.seeds / seconds).toFixed(1)} seeds/s`)
  say(`${made} commands made: ${accepted} accepted, ${refused} refused, ${quarantined} quarantined; ${requests} requests`)
  say([...faults].map(([fault, count]) => `${count} × ${fault}`).join(', '))
  say(`${broken.length} violations${broken.length > 0 ? `: seeds ${broken.map(({ seed }) => seed).join(', ')}` : ''}`)
  return broken.length === 0
}

process.exit((await main()) ? 0 : 1)
