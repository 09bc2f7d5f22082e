/** `npm run soak`: installs what it needs, then soaks. */
import { spawnSync } from 'node:child_process'
import { install, nodeBinary } from '../../server/install.mjs'

await install()
const { status } = spawnSync(nodeBinary(), ['test/soak/main.ts', ...process.argv.slice(2)], { stdio: 'inherit' })
process.exit(status ?? 1)
