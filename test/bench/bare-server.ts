/**
 * The least that a server can do with the same bytes: a process of node:http and one SQLite file with synchronous=FULL. What is
 * posted is written, fsynced and answered with as many bytes as are asked for; who listens is sent it; a row is read by its number.
 */
import { createServer, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import Database from 'better-sqlite3'

const db = new Database(join(process.argv[2] ?? '', 'bare.sqlite'))
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.prepare('create table row (id integer primary key, bytes blob not null)').run()
const put = db.prepare('insert into row (bytes) values (?)')
const get = db.prepare('select bytes from row where id = ?')

const listeners = new Set<ServerResponse>()
const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://bare')
  if (url.pathname === '/stream') {
    listeners.add(response)
    response.on('close', () => listeners.delete(response))
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(': here\n\n')
    return
  }
  if (request.method === 'GET') {
    const row = get.get(Number(url.pathname.slice(1))) as { bytes: Buffer } | undefined
    response.writeHead(row ? 200 : 404).end(row?.bytes)
    return
  }
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const bytes = Buffer.concat(chunks)
    put.run(bytes)
    response.writeHead(200).end(Buffer.alloc(Number(url.searchParams.get('down') ?? 0), 'x'))
    for (const listener of listeners) listener.write(`data: ${bytes.toString('base64')}\n\n`)
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.(typeof address === 'object' && address ? address.port : 0)
})
process.on('disconnect', () => process.exit(0))
