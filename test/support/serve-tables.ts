import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { build, type Rollup } from 'vite'

/** tables-page.ts, built as the client is, on an address of its own. */
export async function serveTables(): Promise<{ url: string; close(): void }> {
  const built = (await build({
    configFile: false,
    logLevel: 'warn',
    define: { __APP_VERSION__: JSON.stringify('test') },
    resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.min.mjs' }] },
    build: { write: false, target: 'es2022', modulePreload: false, rollupOptions: { input: 'test/support/tables-page.ts' } },
  })) as Rollup.RollupOutput
  const parts = new Map(built.output.map((part) => [`/${part.fileName}`, part.type === 'chunk' ? part.code : part.source]))
  const entry = built.output.find((part) => part.type === 'chunk' && part.isEntry)?.fileName
  const server: Server = createServer(({ url = '/' }, answer) => {
    const part = parts.get(url)
    if (part === undefined) answer.writeHead(url === '/' ? 200 : 404, { 'Content-Type': 'text/html' }).end(`<!doctype html><title>tables</title><script type="module" src="/${entry}"></script>`)
    else answer.writeHead(200, { 'Content-Type': 'text/javascript' }).end(part)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
