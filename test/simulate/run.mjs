/** `npm run simulate`: installs what it needs and plays, on the Node that the product runs on. */
import { spawnSync } from 'node:child_process'
import { install, nodeBinary } from '../../server/install.mjs'

await install()
const { status } = spawnSync(nodeBinary(), ['test/simulate/simulate.ts', ...process.argv.slice(2)], { stdio: 'inherit' })
process.exit(status ?? 1)
