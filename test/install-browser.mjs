/** The browser that journeys and benchmarks drive. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { nodeBinary } from '../server/install.mjs'

/** Debian's package as root, Playwright's own otherwise. */
export function installBrowser() {
  if (existsSync('/usr/bin/chromium') || existsSync('/usr/bin/google-chrome')) return
  const debian = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (debian) {
    run('apt-get', ['update', '-qq'])
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'])
  } else run(nodeBinary(), [join('node_modules', 'playwright-core', 'cli.js'), 'install', 'chromium'])
}

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  if (status !== 0) {
    console.error(`The browser for the tests could not be installed: ${command} ${args.join(' ')} ended with ${status}.`)
    process.exit(1)
  }
}
