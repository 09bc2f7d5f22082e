/**
 * The built app. It is read once, at the start: a rebuild underneath never mixes two versions, and no request reaches the
 * file system. Files with a hash in their name are kept for ever by browsers, all others are asked for each time.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { type BrotliOptions, brotliCompress, constants, gzip, type ZlibOptions } from 'node:zlib'
import { type Context, Hono } from 'hono'
import { problem } from './problem.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Packing = 'br' | 'gzip'
type File = { type: string; etag: string; packs: boolean; bytes: Bytes; packed: { [packing in Packing]?: Promise<Bytes> } }
/** Files by their path from the root, '/index.html' … */
export type Client = ReadonlyMap<string, File>

const TYPES: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}
/** These are packed already. */
const DENSE = ['.png', '.ico', '.woff2']
/** Vite's: a name, eight signs of hash. */
const HASHED = /^\/assets\/.+-[\w-]{8}\.\w+$/
const INDEX = '/index.html'

/** Null if nothing is built there. */
export async function readClient(directory: string): Promise<Client | null> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => [])
  const client = new Map<string, File>()
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.startsWith('.')) continue
    const file = join(entry.parentPath, entry.name)
    const read = await readFile(file).catch(() => null)
    // It went while we looked: somebody builds just now.
    if (!read) return null
    const bytes = new Uint8Array(read)
    const etag = createHash('sha256').update(bytes).digest('base64url').slice(0, 22)
    const extension = extname(entry.name)
    const type = TYPES[extension] ?? 'application/octet-stream'
    client.set(`/${relative(directory, file).split(sep).join('/')}`, { type, etag, packs: !DENSE.includes(extension), bytes, packed: {} })
  }
  return client.has(INDEX) ? client : null
}

export function staticRoutes(client: Client | undefined) {
  return new Hono().get('*', (c) => {
    const path = pathOf(c)
    const file = client?.get(path)
    if (file) return answer(c, path, file)
    const index = client?.get(INDEX)
    if (!index || !isPage(path)) throw problem(404, 'not-found')
    return answer(c, INDEX, index)
  })
}

function pathOf(c: Context): string {
  const { path } = c.req
  return path === '/' ? INDEX : path
}

/** Any address of the app is its one page; what looks like a file and isn't there is a mistake that should show. */
function isPage(path: string): boolean {
  return !path.startsWith('/assets/') && !/\/\.|\.[a-z][a-z0-9]{1,10}$/i.test(path)
}

async function answer(c: Context, path: string, file: File): Promise<Response> {
  const packing = packingFor(c, file)
  // Each packing is a representation of its own (RFC 9110 §8.8.3).
  const etag = `"${file.etag}-${packing ?? 'plain'}"`
  const headers: Record<string, string> = {
    ETag: etag,
    'Cache-Control': HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    Vary: 'Accept-Encoding',
  }
  if (holds(c.req.header('If-None-Match'), etag)) return c.body(null, 304, headers)
  headers['Content-Type'] = file.type
  if (packing) headers['Content-Encoding'] = packing
  const bytes = packing ? await packed(file, packing) : file.bytes
  headers['Content-Length'] = String(bytes.byteLength)
  return c.req.method === 'HEAD' ? c.body(null, 200, headers) : c.body(bytes, 200, headers)
}

function holds(ifNoneMatch: string | undefined, etag: string): boolean {
  return ifNoneMatch?.split(',').some((each) => each.trim().replace(/^W\//, '') === etag) ?? false
}

function packingFor(c: Context, { packs }: File): Packing | null {
  const accepted = (c.req.header('Accept-Encoding') ?? '').toLowerCase().split(',')
  const takes = (packing: Packing) => accepted.some((each) => new RegExp(`^\\s*${packing}\\s*(;(?!\\s*q=0(\\.0*)?\\s*$).*)?$`).test(each))
  if (!packs) return null
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : null
}

const asGzip = promisify<Uint8Array, ZlibOptions, Buffer>(gzip)
const asBrotli = promisify<Uint8Array, BrotliOptions, Buffer>(brotliCompress)
/** 9 takes fifty times as long for a hundredth less, and every phone waits for it that comes after a start. */
const BROTLI_QUALITY = 5
/** Packed at the first request, then kept. */
function packed(file: File, packing: Packing): Promise<Bytes> {
  const pack = () =>
    packing === 'gzip' ? asGzip(file.bytes, { level: 9 }) : asBrotli(file.bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } })
  file.packed[packing] ??= pack().then((bytes) => new Uint8Array(bytes))
  return file.packed[packing]
}
