import { appendFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { backUp } from '../../../server/backup/backup.ts'
import { contentsOf, type Data } from '../../../server/backup/data.ts'
import { restore } from '../../../server/backup/restore.ts'
import { type Crew, openCrew } from '../../client/crew.ts'
import { form, makeFolder, openFloor, pick, random } from '../floor.ts'

let crew: Crew
let copies: ReturnType<typeof makeFolder>
beforeEach(async () => {
  crew = await openCrew()
  copies = makeFolder()
})
afterEach(async () => {
  await crew.end()
  copies.remove()
})

const dataOf = (path: string): Data => ({ file: join(path, 'log.sqlite'), blobs: join(path, 'blobs') })
const here = () => dataOf(crew.floor.folder.path)
const picture = (of: number) => Uint8Array.from({ length: 1000 }, (_, i) => (i * of) % 251)
/** Another server, on what was restored. The one before is gone. */
async function moveTo(folder: ReturnType<typeof makeFolder>) {
  const { now } = crew.floor.clock
  await crew.floor.close()
  crew.floor.folder.remove()
  crew.floor = await openFloor(folder)
  crew.floor.clock.now = now
}

test('a backup that is put back heals from the devices by itself: work and photographs made since, in order, once', async () => {
  const phone = await crew.phone('phone', 'clerk')
  const pictured = async (of: number) => {
    const sha256 = await phone.device.pictures.add(picture(of))
    await phone.issue({ type: 'ReportProblem', doc: 'o1', payload: { what: 'damage', note: '', photos: [sha256] }, blobs: [sha256] })
    return sha256
  }
  await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
  const first = await pictured(3)
  await phone.sync()
  const { file, manifest } = await backUp(here(), copies.path, crew.floor.clock.now)
  expect(manifest).toMatchObject({ format: 1, at: '2026-11-24T08:00:00.000Z', commands: 2, events: 3, blobs: 1, missing: [] })
  // While the server runs on.
  await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) })
  const second = await pictured(7)
  await phone.sync()
  const before = await crew.serverDoc('o1')

  const folder = makeFolder()
  const { epoch, missing, aside } = await restore(file, dataOf(folder.path), { now: crew.floor.clock.now, random })
  expect({ missing, aside }).toEqual({ missing: [], aside: null })
  expect(epoch).not.toBe(manifest.epoch)
  await moveTo(folder)
  expect((await crew.serverOrder('o1')).picks).toEqual([])
  await phone.sync()
  await phone.sync()
  expect(await phone.db.read('epoch')).toBe(epoch)
  expect((await crew.serverOrder('o1')).picks.map((each) => each.quantity)).toEqual([2])
  expect((await crew.serverDoc('o1'))?.body).toEqual(before?.body)
  expect((await phone.db.docs.get('o1'))?.doc).toEqual(await crew.serverDoc('o1'))
  expect(await crew.floor.log.read((tx) => tx.blobsMissing('north', [first, second]))).toEqual([])
})

test('photographs lie beside all copies once; one that is damaged is named, and asked of the devices', async () => {
  const phone = await crew.phone('phone', 'clerk')
  const sha256 = await phone.device.pictures.add(picture(3))
  await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') }, { type: 'ReportProblem', doc: 'o1', payload: { what: 'damage', note: '', photos: [sha256] }, blobs: [sha256] })
  await phone.sync()
  await backUp(here(), copies.path, crew.floor.clock.now)
  const { file } = await backUp(here(), copies.path, crew.floor.clock.now + 1000)
  expect(readdirSync(copies.path).sort()).toEqual([
    'blobs',
    'countersign-20261124T080000Z.json',
    'countersign-20261124T080000Z.sqlite',
    'countersign-20261124T080001Z.json',
    'countersign-20261124T080001Z.sqlite',
  ])
  const [lost = ''] = readdirSync(join(copies.path, 'blobs'), { recursive: true, withFileTypes: true }).filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name))
  writeFileSync(lost, 'not this')
  const folder = makeFolder()
  expect((await restore(file, dataOf(folder.path), { now: 1, random })).missing).toEqual([{ site: 'north', sha256 }])
  await moveTo(folder)
  expect(await crew.floor.log.read((tx) => tx.blobsMissing('north', [sha256]))).toEqual([sha256])
  await phone.sync()
  await phone.sync()
  expect(await crew.floor.log.read((tx) => tx.blobsMissing('north', [sha256]))).toEqual([])
})

test('a copy that is no longer what was said of it is not put back, and nothing is changed', async () => {
  const { file } = await backUp(here(), copies.path, crew.floor.clock.now)
  appendFileSync(file, 'more')
  const folder = makeFolder()
  const data = dataOf(folder.path)
  await expect(restore(file, data, { now: 1, random })).rejects.toThrow('has changed since it was made')
  expect(readdirSync(folder.path)).toEqual([])
  rmSync(file.replace('.sqlite', '.json'))
  await expect(restore(file, data, { now: 1, random })).rejects.toThrow('ENOENT')
  folder.remove()
})

test('what was there before is put aside, whole', async () => {
  await crew.phone('phone', 'clerk')
  const { file } = await backUp(here(), copies.path, crew.floor.clock.now)
  const folder = makeFolder()
  const data = dataOf(folder.path)
  await restore(file, data, { now: 1, random })
  const { epoch } = contentsOf(data.file)
  const { aside } = await restore(file, data, { now: 2, random })
  expect(aside).toBe(join(folder.path, 'before-restore-2'))
  expect(contentsOf(join(aside ?? '', 'countersign.sqlite')).epoch).toBe(epoch)
  expect(contentsOf(data.file).epoch).not.toBe(epoch)
  folder.remove()
})
