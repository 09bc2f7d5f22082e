/** The browsers that journeys and benchmarks drive. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { nodeBinary } from '../server/install.mjs'

/** How wide words are is judged in it, and most of them are Chinese. */
const FONT = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'

/** Debian's package as root, Playwright's own otherwise. */
export function installBrowser() {
  const whole = existsSync('/usr/bin/chromium') || existsSync('/usr/bin/google-chrome')
  if (mayInstall()) {
    const lacks = [...(whole ? [] : ['chromium', 'chromium-headless-shell']), ...(existsSync(FONT) ? [] : ['fonts-noto-cjk'])]
    if (lacks.length > 0) installPackages(...lacks)
  } else if (!whole) run(nodeBinary(), [join('node_modules', 'playwright-core', 'cli.js'), 'install', 'chromium'])
}

/** Firefox, and WebKitGTK with what lets Python drive it: Debian's packages, as root. Returns which engines can't be asked here. */
export function installEngines() {
  if (lacking().length > 0 && mayInstall()) installPackages('firefox-esr', 'gir1.2-webkit2-4.1', 'python3-gi', 'xvfb')
  return lacking()
}
function lacking() {
  const webKit = existsSync('/usr/bin/Xvfb') && spawnSync('/usr/bin/python3', ['-c', 'import gi; gi.require_version("WebKit2", "4.1")']).status === 0
  return [...(existsSync('/usr/bin/firefox-esr') ? [] : ['Firefox']), ...(webKit ? [] : ['WebKit'])]
}

const mayInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

function installPackages(...names) {
  run('apt-get', ['update', '-qq'])
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names])
}

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  if (status !== 0) {
    console.error(`The browsers for the tests could not be installed: ${command} ${args.join(' ')} ended with ${status}.`)
    process.exit(1)
  }
}
