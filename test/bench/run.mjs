/** `npm run bench [-- --json FILE] [-- --only server|wire|fleet|screen|handheld|photos]`: installs and builds what it measures, then measures. */
import { spawnSync } from 'node:child_process'
import { install, nodeBinary } from '../../server/install.mjs'
import { installBrowser } from '../install-browser.mjs'

await install()
installBrowser()
for (const args of [
  ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error'],
  ['test/bench/figures.ts', ...process.argv.slice(2)],
]) {
  const { status } = spawnSync(nodeBinary(), args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
