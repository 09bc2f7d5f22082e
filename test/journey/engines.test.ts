/** What the device relies on, asked of each engine that phones have: the real tables of the device. The app itself walks through them in walk.test.ts. */
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Doc } from '../../shared/sync/doc.ts'
import { form } from '../server/floor.ts'
import { serveTables } from '../support/serve-tables.ts'
import { ENGINES, type Engine, lackOf, openEngine } from '../support/engines.ts'
import { textOf } from '../../shared/work/lists.ts'
import { orderIn, upTo } from '../shared/order/mill.ts'

const lacks = ENGINES.flatMap((name) => lackOf(name) ?? [])
for (const lack of lacks) console.info(`an engine was not asked: ${lack}; as root on Debian, npm test installs it`)
const here = ENGINES.filter((name) => lackOf(name) === null)

let site: Awaited<ReturnType<typeof serveTables>>

beforeAll(async () => {
  site = await serveTables()
})
afterAll(() => site?.close())

test('none is missing where it can be installed', () => {
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) expect(lacks).toEqual([])
})

describe.each(here)('%s', (name) => {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`))
  let engine: Engine

  const open = async (url: string) => {
    engine = await openEngine(name, folder)
    await engine.goto(url)
    // One engine calls a page of several parts loaded before the last of them has run.
    await engine.run(() => ('tables' in globalThis ? null : new Promise((there) => addEventListener('tables', there, { once: true })).then(() => null)), undefined)
  }
  const reopened = async (url: string) => {
    await engine.kill()
    await open(url)
  }
  beforeAll(() => open(site.url))
  afterAll(async () => {
    await engine?.kill()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  test('what breaks off in the middle leaves nothing behind, in any table', async () => {
    await enrolled(engine, 'broken')
    const { before, after, causes } = await engine.run(async () => {
      const { db } = tables.device('broken')
      const everything = async () => JSON.stringify(await Promise.all(db.all().map((table) => table.toArray())))
      const write = (last: () => unknown) =>
        db.transaction('rw', db.all(), async () => {
          await db.cursors.put({ scope: 'site:s1', position: 1, consistent: 1 })
          await Promise.all([db.put('seq', 99), db.shadow.put({ id: 'o1', doc: null })])
          await last()
        })
      const before = await everything()
      const causes: string[] = []
      for (const last of [
        () => {
          throw new Error('thrown')
        },
        () => tables.aborted(),
        () => db.cursors.add({ scope: 'site:s1', position: 2, consistent: 2 }),
        () => db.meta.put({ value: 'a row without its key' } as never),
        // What can't be copied into a table.
        () => db.shadow.put({ id: 'o2', doc: (() => undefined) as never }),
      ])
        await write(last).catch((error: unknown) => causes.push(error instanceof Error ? error.name : String(error)))
      return { before, after: await everything(), causes }
    }, undefined)
    expect(causes).toHaveLength(5)
    expect(after).toBe(before)
  })

  test('a refused act takes back those before it', async () => {
    await enrolled(engine, 'refused')
    const { answer, left } = await engine.run(async (payload) => {
      const { db, issue } = tables.device('refused')
      const answer = await issue([
        { type: 'PlaceOrder', doc: 'o1', payload },
        { type: 'SignGate', doc: 'o1', payload: { gate: 'release', note: '' }, signed: true },
      ])
      return { answer: JSON.stringify(answer), left: [await db.outbox.count(), await db.docs.count(), (await db.read('seq')) ?? 0] }
    }, form('N-1'))
    expect(answer).toContain('refused')
    expect(left).toEqual([0, 0, 0])
  })

  test('acts that were told as stored, a photograph and the key outlive the whole browser, killed in the middle of more', async () => {
    await enrolled(engine, 'killed')
    const photo = Array.from({ length: 300_001 }, (_, i) => (i * 7 + (i >> 8)) % 256)
    const sha256 = createHash('sha256').update(Uint8Array.from(photo)).digest('hex')
    const signature = await engine.run(
      async ({ photo, payload }) => {
        const { db, pictures, issue } = tables.device('killed')
        const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
        await db.keys.put({ id: 'device', pair })
        await pictures.add(Uint8Array.from(photo))
        await issue([{ type: 'PlaceOrder', doc: 'o1', payload }])
        return [...new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, new TextEncoder().encode('before')))]
      },
      { photo, payload: form('N-1') },
    )
    await engine.run(() => {
      void (async () => {
        for (;;) {
          const issued = await tables.device('killed').issue([{ type: 'PickLine', doc: 'o1', payload: { line: 1, quantity: 1, lot: '', from: '', grams: 0 } }])
          if ('done' in issued) tables.told.push(...issued.ids)
        }
      })()
    }, undefined)
    let told: string[] = []
    while (told.length < 12) told = await engine.run(() => tables.told, undefined)
    await reopened(site.url)
    const kept = await engine.run(
      async ({ sha256, signature }) => {
        const { db, pictures, issue } = tables.device('killed')
        await issue([{ type: 'PickLine', doc: 'o1', payload: { line: 1, quantity: 1, lot: '', from: '', grams: 0 } }])
        const [rows, row, seq, pair] = await Promise.all([db.outbox.toArray(), db.docs.get('o1'), db.read('seq'), db.keys.get('device')])
        const bytes = await pictures.bytes(sha256)
        const key = pair?.pair
        const verified = key && (await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key.publicKey, Uint8Array.from(signature), new TextEncoder().encode('before')))
        const signed = key && (await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key.privateKey, new Uint8Array(3))).byteLength
        const body = row?.doc.body
        return {
          ids: rows.map(({ id }) => id),
          seqs: rows.map((each) => each.seq),
          seq,
          picks: body?.kind === 'order' ? body.picks.map(({ command }) => command) : [],
          photo: bytes ? [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource))] : [],
          size: bytes?.byteLength,
          verified,
          signed,
          exported: key ? await crypto.subtle.exportKey('pkcs8', key.privateKey).then(
            () => 'given out',
            () => 'kept',
          ) : '',
        }
      },
      { sha256, signature },
    )
    expect(told.filter((id) => !kept.ids.includes(id))).toEqual([])
    // And the next one, made after it, has the next number.
    expect(kept.ids.length).toBeGreaterThan(told.length + 1)
    expect(kept.seqs).toEqual(kept.seqs.map((_, i) => i + 1))
    expect(kept.seq).toBe(kept.seqs.length)
    expect(kept.picks).toEqual(kept.ids.slice(1))
    expect(Buffer.from(kept.photo).toString('hex')).toBe(sha256)
    expect(kept).toMatchObject({ size: 300_001, verified: true, signed: 64, exported: 'kept' })
  })

  test('a range of an index of lists is a sorted page, from any place and backwards, and what is gone is in none', async () => {
    await enrolled(engine, 'ranges')
    const { found, wanted } = await engine.run(async (payload) => {
      const { db, issue } = tables.device('ranges')
      await issue([{ type: 'PlaceOrder', doc: 'o1', payload }])
      const doc = (await db.docs.get('o1'))?.doc as Doc
      const docs = Array.from({ length: 60 }, (_, i): Doc => {
        const day = String(1 + ((i * 17) % 28)).padStart(2, '0')
        const picks = [{ line: 1, quantity: 1, back: 0, grams: 0, from: 'A-01-1', lot: `L-${i % 7}-𠮷${i}` }]
        return { ...doc, body: { ...doc.body, id: `o${i}`, number: `N-${i % 7}`, promisedAt: `2026-11-${day}T08:00:00.000Z`, picks } as Doc['body'] }
      })
      const change = (entries: [string, { doc: Doc; scope: string } | null][]) => db.transaction('rw', [...db.copies(), db.meta], async () => tables.writeDocs(db, new Map(entries)))
      await change(docs.map((each) => [each.body.id, { doc: each, scope: 'site:s1' }]))
      await change(docs.filter((_, i) => i % 5 === 0).map((each) => [each.body.id, null]))
      const rows = await db.docs.toArray()
      const entries = rows.flatMap((row) => row.lists.map((entry) => ({ entry, id: row.id })))
      // As IndexedDB sorts: by code unit, then by key.
      const sorted = entries.sort((a, b) => (a.entry < b.entry ? -1 : a.entry > b.entry ? 1 : a.id < b.id ? -1 : 1))
      const lists = [...new Set(entries.map(({ entry }) => entry.slice(0, entry.indexOf('|'))))]
      const found: unknown[] = []
      const wanted: unknown[] = []
      for (const list of lists) {
        const range = () => db.docs.where('lists').between(`${list}|`, `${list}|\uffff`)
        const mine = sorted.filter(({ entry }) => entry.startsWith(`${list}|`)).map(({ id }) => id)
        found.push(await range().primaryKeys(), await range().reverse().limit(7).primaryKeys(), await range().offset(9).limit(5).primaryKeys(), await range().count())
        wanted.push(mine, mine.toReversed().slice(0, 7), mine.slice(9, 14), mine.length)
      }
      const codes = [...new Set(rows.flatMap((row) => row.codes))]
      for (const code of codes.filter((_, i) => i % 9 === 0)) {
        found.push((await db.docs.where('codes').startsWith(code).distinct().primaryKeys()).toSorted())
        wanted.push(rows.filter((row) => row.codes.some((each) => each.startsWith(code))).map(({ id }) => id).toSorted())
      }
      return { found, wanted }
    }, form('N-1'))
    expect(found).toEqual(wanted)
    expect(found.length).toBeGreaterThan(8)
  })

  test('a newer version of the tables takes over from an open tab with every row; one that breaks off leaves the old as they were', async () => {
    await enrolled(engine, 'upgraded')
    const seen = await engine.run(async (payload) => {
      await tables.device('upgraded').issue([{ type: 'PlaceOrder', doc: 'o1', payload }])
      const old = tables.device('upgraded').db
      const before = await old.outbox.toArray()
      const newer = old.verno + 1
      const upgraded = (then: () => void) => {
        const next = new tables.DeviceDb('upgraded')
        next.version(newer).stores({ outbox: '++n, seq, id, doc, state, *blobs, type', later: '&id' }).upgrade(async (change) => {
          await change.table('outbox').toCollection().modify((command: { v: number }) => {
            command.v = 2
          })
          then()
        })
        return next
      }
      const broken = await upgraded(() => {
        throw new Error('broken off')
      })
        .open()
        .then(
          () => 'opened',
          () => 'broken off',
        )
      await tables.closed('upgraded')
      const after = await tables.device('upgraded').db.outbox.toArray()
      const next = await upgraded(() => undefined).open()
      const byType = await next.table('outbox').where('type').equals('PlaceOrder').toArray()
      next.close()
      return { broken, before: JSON.stringify(before), after: JSON.stringify(after), versions: byType.map((each: { v: number }) => each.v), newer: next.verno - newer }
    }, form('N-1'))
    expect(seen).toMatchObject({ broken: 'broken off', versions: [2], newer: 0 })
    expect(seen.after).toBe(seen.before)
  })

  test('tables of an earlier version are brought up to date by rules that load meanwhile', async () => {
    const order = orderIn(upTo('shipped'))
    const found = await engine.run(async (order) => {
      const earlier = indexedDB.open('earlier', 30)
      await new Promise<void>((made, failed) => {
        earlier.onerror = () => failed(earlier.error)
        earlier.onsuccess = () => made()
        earlier.onupgradeneeded = () => {
          const keys = { meta: 'key', archive: 'id', attention: 'id', cursors: 'scope', shadow: 'id', keys: 'id', carried: 'id', registers: 'n', struck: 'id' }
          for (const [name, keyPath] of Object.entries(keys)) earlier.result.createObjectStore(name, { keyPath })
          for (const name of ['outbox', 'bundles']) earlier.result.createObjectStore(name, { keyPath: 'n', autoIncrement: true })
          const docs = earlier.result.createObjectStore('docs', { keyPath: 'id' })
          for (const index of ['scope', 'lists', 'words']) docs.createIndex(index, index, { multiEntry: index !== 'scope' })
          docs.put({ id: order.id, scope: 'site:north', version: order.version, doc: { body: order, applied: {} }, lists: ['open|x'], words: ['r-1'] })
        }
      })
      earlier.result.close()
      const { db } = tables.device('earlier')
      return { codes: await db.docs.where('codes').equals('r-1').primaryKeys(), text: (await db.texts.get(order.id))?.text ?? '', version: db.verno, words: Object.keys((await db.docs.get(order.id)) ?? {}).includes('words') }
    }, order)
    expect(found).toEqual({ codes: [order.id], text: textOf(order), version: 7, words: false })
  })

  test('closed and opened again, and with two connections at once, every row is there for both', async () => {
    await enrolled(engine, 'twice')
    const counts = await engine.run(async (payload) => {
      await tables.device('twice').issue([{ type: 'PlaceOrder', doc: 'o1', payload }])
      await tables.closed('twice')
      const other = new tables.DeviceDb('twice')
      const pick = () => tables.device('twice').issue([{ type: 'PickLine', doc: 'o1', payload: { line: 1, quantity: 1, lot: '', from: '', grams: 0 } }])
      await pick()
      // Two at once, by two connections, on the same counter.
      const counted = (db: InstanceType<typeof tables.DeviceDb>) => db.transaction('rw', db.meta, async () => db.put('acked', ((await db.read('acked')) ?? 0) + 1))
      await Promise.all(Array.from({ length: 20 }, (_, i) => counted(i % 2 === 0 ? other : tables.device('twice').db)))
      const counts = [await other.outbox.count(), await tables.device('twice').db.outbox.count(), await other.read('acked')]
      other.close()
      return counts
    }, form('N-1'))
    expect(counts).toEqual([2, 2, 20])
  })
})

/** Somebody who may do what is done here stands at the device of this name. */
async function enrolled(engine: Engine, device: string): Promise<void> {
  const grant = { id: 'g1', site: 's1', device: 'd1', person: 'p1', name: '陳俊宏', roles: ['service', 'warehouse'], from: '2026-01-01T00:00:00.000Z', until: '2999-01-01T00:00:00.000Z' }
  const token = `${Buffer.from(JSON.stringify(grant)).toString('base64url')}.unproven`
  await engine.run(
    async ({ device, token }) => {
      const { db } = tables.device(device)
      await db.put('identity', { device: 'd1', number: 1, name: '手機', token: 't', site: 's1', siteName: '北廠', zone: 'Asia/Taipei', currency: 'TWD' })
      await db.put('grants', { g1: token })
      await db.put('current', 'g1')
    },
    { device, token },
  )
}
