/**
 * `npm start`: installs, builds, starts; each only if it has to. `npm run backup` and `npm run restore` come this way, too. Plain JavaScript for the machine's own Node.
 *
 *   package-lock.json ─▶ node_modules ─▶ client/, shared/ ─▶ .dist ─▶ the project's own Node runs server/main.ts
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { install, nodeBinary, root, run } from './install.mjs'

const SOURCES = ['client', 'shared', 'vite.config.ts', 'package.json', 'package-lock.json']
const BUILT = join(root, '.dist', '.built-from')

/** What needs no pages. */
const TOOLS = ['backup', 'restore']
const args = process.argv.slice(2)

try {
  install()
  if (!TOOLS.includes(args[0])) build()
} catch (error) {
  console.error(`Can't start. 無法啟動。\n${error instanceof Error ? error.message : error}`)
  process.exit(1)
}
serve(args)

function build() {
  const from = createHash('sha256')
  for (const source of SOURCES) digest(source, from)
  const wanted = from.digest('hex')
  if (existsSync(BUILT) && readFileSync(BUILT, 'utf8') === wanted) return
  console.info('Building the app. 正在建置應用程式。')
  const code = run([nodeBinary(), join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'])
  if (code !== 0) throw new Error(`vite build ended with ${code}`)
  writeFileSync(BUILT, wanted)
}

/** Names and contents: what an editor or a checkout does to times doesn't count. */
function digest(path, into) {
  const full = join(root, path)
  const entries = existsSync(full) ? listed(full) : []
  if (entries === null) into.update(`${path}\0`).update(readFileSync(full)).update('\0')
  else for (const name of entries) digest(join(path, name), into)
}
function listed(path) {
  try {
    return readdirSync(path).sort()
  } catch {
    return null
  }
}

/** Signals and the exit code pass through; the open channel tells the server when this process is gone, however it went. */
function serve(args) {
  const child = spawn(nodeBinary(), [join(root, 'server', 'main.ts'), ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal))
  child.on('error', (error) => {
    console.error(error.message)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGKILL' ? 137 : 1)))
  endWithNpm()
}

/** npm ends only its own shell, which may leave us behind, holding the port. */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
  }, 1000).unref()
}
