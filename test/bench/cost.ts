/** What a process has cost, read from outside of it: Linux keeps the account. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** CPU in seconds, user and system; the most memory it ever held, in MB. */
export type Cost = { cpu: number; peak: number }

const TICKS = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

export function costOf(pid: number, since: Cost = { cpu: 0, peak: 0 }): Cost {
  // The name of the process stands in brackets and may hold anything; user and system time are the 12th and 13th word after it.
  const words = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  const peak = /VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return { cpu: (Number(words[11]) + Number(words[12])) / TICKS - since.cpu, peak: Number(peak) / 1024 }
}
