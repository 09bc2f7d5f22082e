/** Whose the time of this process was, by a sampling profiler: the tables that stand in for a browser's are not ours. */
import { Session } from 'node:inspector/promises'

/** CPU of the process in seconds; `tables`: the part that fake-indexeddb and its copies took. */
export type Share = { cpu: number; tables: number }

const SAMPLE_US = 2000

export async function watchShare(): Promise<() => Promise<Share>> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_US })
  await session.post('Profiler.start')
  const before = process.cpuUsage()
  return async () => {
    const { user, system } = process.cpuUsage(before)
    const { profile } = await session.post('Profiler.stop')
    session.disconnect()
    const owners = new Map(profile.nodes.map(({ id, callFrame: { url, functionName } }) => [id, ownerOf(url, functionName)]))
    const samples = (profile.samples ?? []).map((id) => owners.get(id))
    const busy = samples.filter((owner) => owner !== 'idle').length
    const cpu = (user + system) / 1e6
    return { cpu, tables: busy === 0 ? 0 : (cpu * samples.filter((owner) => owner === 'tables').length) / busy }
  }
}

function ownerOf(url: string, name: string): 'idle' | 'tables' | 'ours' {
  if (name === '(idle)') return 'idle'
  return url.includes('/fake-indexeddb/') || name === 'structuredClone' ? 'tables' : 'ours'
}
