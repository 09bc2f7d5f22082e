/**
 * Whether a known hole of high or critical severity is in what production uses: the registry is asked, for so long. Ends with 0 if
 * there is none, with 1 if there is, and with 75 (sysexits.h: try later) if nobody could be asked, which is no reason to fail.
 */
import { spawnSync } from 'node:child_process'

export type Said = { holes: string[] } | { notAsked: string }
type Report = { auditReportVersion?: number; vulnerabilities?: { [name: string]: { severity: string; range: string; via: (string | { title: string; url: string })[] } }; message?: string }

export const NOT_ASKED = 75
const PATIENCE_MS = 20_000
const GRAVE = ['high', 'critical']

/** What npm's report says. One without a version is npm telling that it got no answer. */
export function read(json: string): Said {
  const report = parsed(json)
  if (!report?.auditReportVersion) return { notAsked: report?.message ?? 'npm said nothing that can be read' }
  const grave = Object.entries(report.vulnerabilities ?? {}).filter(([, { severity }]) => GRAVE.includes(severity))
  return { holes: grave.map(([name, { severity, range, via }]) => `${severity}: ${name} ${range}, ${via.map((each) => (typeof each === 'string' ? `by ${each}` : `${each.title} ${each.url}`)).join('; ')}`) }
}

function parsed(json: string): Report | null {
  try {
    return JSON.parse(json) as Report | null
  } catch {
    return null
  }
}

export function ask(patienceMs = PATIENCE_MS, env = process.env): Said {
  // The npm that started us, if one did; a shell finds npm.cmd on Windows.
  const { npm_execpath: path } = env
  const [command, ...before] = path ? [process.execPath, path] : ['npm']
  const args = [...before, 'audit', '--omit=dev', '--json', '--fetch-retries=0', `--fetch-timeout=${patienceMs}`]
  const { error, stdout } = spawnSync(command ?? 'npm', args, { env, encoding: 'utf8', timeout: patienceMs, killSignal: 'SIGKILL', shell: !path && process.platform === 'win32', maxBuffer: 64 * 1024 * 1024 })
  return error ? { notAsked: 'code' in error && error.code === 'ETIMEDOUT' ? `no answer within ${patienceMs / 1000} s` : error.message } : read(stdout)
}

if (import.meta.main) {
  const said = ask()
  if ('notAsked' in said) console.info(`NOT ASKED for known holes, so none was looked for: ${said.notAsked}`)
  else for (const hole of said.holes) console.error(hole)
  process.exitCode = 'notAsked' in said ? NOT_ASKED : said.holes.length > 0 ? 1 : 0
}
