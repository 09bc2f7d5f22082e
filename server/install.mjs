/**
 * Brings node_modules to what package-lock.json says, and tells where its Node is. Plain JavaScript without dependencies:
 * runs before anything is installed, on the machine's own Node (18 or newer).
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const modules = join(root, 'node_modules')
const lock = join(root, 'package-lock.json')
const stamp = join(modules, '.installed')

/** Installs if anything is missing or was changed since. Throws if npm fails. */
export function install() {
  const wanted = createHash('sha256').update(readFileSync(lock)).digest('hex')
  if (textOf(stamp) === wanted && existsSync(nodeBinary())) return
  if (!isInstalled()) {
    console.info('Installing what is needed. 正在安裝所需的套件。')
    // The npm that started us, if one did; a shell finds npm.cmd on Windows.
    const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm']
    const code = run([...npm, 'ci', '--no-audit', '--no-fund'], { shell: npm.length === 1 && process.platform === 'win32' })
    if (code !== 0) throw new Error(`npm ci ended with ${code}`)
  }
  writeFileSync(stamp, wanted)
}

/** The real binary, not a shim: signals have to reach the process itself. */
export function nodeBinary() {
  return join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

/** Runs in the project's folder until it ends; its exit code, or the signal that ended it. */
export function run([command, ...args], options = {}) {
  const { error, status, signal } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
  if (error) throw error
  return status ?? signal
}

/** Whether npm itself installed just what the lock file lists (it keeps its own list of that), with other commands than ours. */
function isInstalled() {
  const installed = packagesOf(join(modules, '.package-lock.json'))
  if (!installed || !existsSync(nodeBinary())) return false
  const wanted = Object.entries(packagesOf(lock) ?? {})
  return wanted.every(([path, { version, integrity, optional }]) => {
    if (path === '') return true
    const found = installed[path]
    return found ? found.version === version && found.integrity === integrity : optional === true
  })
}

function packagesOf(file) {
  const text = textOf(file)
  return text === null ? null : JSON.parse(text).packages
}
function textOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}
