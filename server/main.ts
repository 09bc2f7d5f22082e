/** The environment → the server. The only place that reads process.env, and the only one that ends the process. */
import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import packageJson from '../package.json' with { type: 'json' }
import { isTool, runTool } from './backup/run.ts'
import { readClient } from './routes/static.ts'
import { StartFault } from './start/fault.ts'
import { say, sayLine } from './start/say.ts'
import { startServer } from './start/server.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { example: { type: 'boolean', default: false }, enrol: { type: 'boolean', default: false } }, strict: false })
const { PORT = '8787', HOST = '0.0.0.0', DATA_DIR = './data', TLS_CERT = '', TLS_KEY = '' } = process.env

const random = (length: number) => new Uint8Array(randomBytes(length))

try {
  const [tool, target] = positionals
  if (isTool(tool)) process.exit((await runTool(tool, target, { folder: resolve(DATA_DIR), now: Date.now(), random })) ? 0 : 1)
  const client = await readClient(fileURLToPath(new URL('../.dist', import.meta.url)))
  if (!client) say('notBuilt')
  const server = await startServer({
    port: PORT,
    host: HOST,
    directory: DATA_DIR,
    tls: { cert: TLS_CERT, key: TLS_KEY },
    example: values.example === true,
    enrol: values.enrol === true,
    ...(client && { client }),
    app: packageJson.version,
    now: Date.now,
    random,
    wait: (ms, signal) => pause(ms, undefined, { signal, ref: false }).catch(() => undefined),
    report: (error, reference) => console.error(new Date().toISOString(), reference, error),
  })
  let ending = false
  const end = async () => {
    if (ending) return
    ending = true
    say('ending')
    await server.close()
    process.exit(0)
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  // The one who started us and holds the line is gone: nobody would end us any more.
  process.on('disconnect', end)
} catch (error) {
  if (!(error instanceof StartFault)) throw error
  sayLine(error.message)
  process.exit(1)
}
