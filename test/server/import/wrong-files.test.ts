import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Problem } from '../../../shared/sync/wire.ts'
import { type ImportDesk, openImportDesk } from './desk.ts'
import { zip } from './zip.ts'

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
const book = { name: 'xl/workbook.xml', content: '<workbook/>' }
const zeros = (mega: number) => new Uint8Array(mega * 1024 * 1024)
const compound = bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')

describe('files that hold no orders', () => {
  let desk: ImportDesk
  beforeEach(async () => {
    desk = await openImportDesk()
    await desk.start()
  })
  afterEach(() => desk.floor.end())

  const wrong: readonly (readonly [string, string, Uint8Array])[] = [
    ['an empty file', 'file-empty', new Uint8Array()],
    ['a file of blanks', 'file-empty', bytes(' \r\n\t')],
    ['a PDF named as a table', 'file-pdf', bytes('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')],
    ['a PNG named as a table', 'file-image', bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')],
    ['a JPEG', 'file-image', bytes('\xff\xd8\xff\xe0\0\x10JFIF')],
    ['a photograph of a phone', 'file-image', bytes('\0\0\0\x18ftypheic')],
    ['a text document', 'file-archive', zip([{ name: 'word/document.xml', content: '<document/>' }])],
    ['an archive', 'file-archive', bytes('\x1f\x8b\x08\0\0\0\0\0')],
    ['an old Excel file', 'file-old-excel', Buffer.concat([compound, zeros(1).subarray(0, 4096)])],
    ['a workbook locked by a password', 'file-password', Buffer.concat([compound, zeros(1).subarray(0, 65_530), Buffer.from('EncryptedPackage', 'utf16le')])],
    ['a zip locked by a password', 'file-password', zip([{ ...book, encrypted: true }])],
    ['a page saved as an Excel file', 'file-web-page', bytes('<html><table><tr><td>S-1</td></tr></table></html>')],
    ['a program', 'file-binary', bytes('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0')],
    ['a workbook that was cut off', 'file-broken', zip([book, { name: 'xl/worksheets/sheet1.xml', content: 'x'.repeat(1000) }]).subarray(0, 90)],
    ['a workbook that says it unpacks to 16 MB from 16 kB', 'file-bomb', zip([book, { name: 'xl/worksheets/sheet1.xml', content: zeros(16) }])],
    ['a workbook that lies about what it unpacks to', 'file-bomb', zip([book, { name: 'xl/worksheets/sheet1.xml', content: zeros(16), claims: 20_000 }])],
  ]
  for (const [what, type, content] of wrong)
    test(`${what} is told for what it is, and nothing is kept of it`, async () => {
      const reply = await desk.put('orders.xlsx', content)
      expect([reply.status, ((await reply.json()) as Problem).type]).toEqual([422, type])
      expect((await desk.state()).files).toEqual([])
      expect(await readdir(join(desk.floor.folder.path, 'imports', desk.id))).toEqual([])
    })

  test('the problem speaks the language of the person, and names the file', async () => {
    desk.language = 'zh-TW'
    const reply = await desk.put('訂單.csv', bytes('%PDF-1.7'))
    expect(await reply.json()).toMatchObject({ title: '這是 PDF', detail: '無法從 訂單.csv 讀出訂單。請送 CSV 或 Excel 活頁簿（.xlsx）。' })
  })

  test('a file is bounded while it comes, whatever it said of its size', async () => {
    const declared = await desk.ask('PUT', `/${desk.id}/files/a.csv`, 'a', { 'Content-Length': String(65 * 1024 * 1024) })
    expect(declared.status).toBe(413)
    const chunk = bytes('x'.repeat(1024 * 1024))
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1
        controller.enqueue(chunk)
      },
    })
    const reply = await desk.put('a.csv', endless)
    expect([reply.status, ((await reply.json()) as Problem).type]).toEqual([413, 'too-large'])
    expect(sent).toBeLessThan(70)
    expect(await readdir(join(desk.floor.folder.path, 'imports', desk.id))).toEqual([])
  })

  test('a table with other columns says which are missing', async () => {
    await desk.files({ 'weather.csv': 'Station,Temperature\nTaichung,21.5\nKeelung,18\n' })
    await desk.ask('POST', `/${desk.id}/preview`, JSON.stringify(await desk.guessed({ columns: {} })))
    const { fault, preview } = await desk.settled()
    expect(preview).toBeNull()
    expect(fault).toMatchObject({ type: 'fields-missing', fields: ['number', 'sku', 'quantity', 'customerId'] })
  })

  test('a header without rows is no table', async () => {
    const { files, guess } = await desk.files({ 'orders.csv': 'Order,Customer,SKU,Qty\n' })
    expect(files[0]).toMatchObject({ status: 'faulty', fault: { type: 'no-rows' } })
    expect(guess).toBeNull()
  })

  test('a mapping that makes no sense is refused before anything runs', async () => {
    await desk.files({ 'orders.csv': 'Order,Customer,SKU,Qty\nS-1,Lin,BX-204,1\n' })
    const mapping = await desk.guessed()
    const ask = async (body: unknown) => ((await (await desk.ask('POST', `/${desk.id}/preview`, JSON.stringify(body))).json()) as Problem).type
    expect(await ask({ ...mapping, columns: { colour: { file: 'orders.csv', column: 0 } } })).toBe('malformed')
    expect(await ask({ ...mapping, source: '' })).toBe('malformed')
    expect(((await (await desk.ask('POST', `/${desk.id}/preview`, '{')).json()) as Problem).type).toBe('invalid-json')
    for (const [change, type] of [
      [{ base: 'other.csv' }, 'file-missing'],
      [{ columns: { ...mapping.columns, sku: { file: 'orders.csv', column: 99 } } }, 'column-missing'],
      [{ constants: { grade: 'Z' } }, 'bad-constant'],
      [{ joins: [{ of: { file: 'orders.csv', column: 0 }, by: { file: 'orders.csv', column: 0 } }] }, 'join-loose'],
    ] as const) {
      await desk.ask('POST', `/${desk.id}/preview`, JSON.stringify({ ...mapping, ...change }))
      expect((await desk.settled()).fault?.type).toBe(type)
    }
  })
})
