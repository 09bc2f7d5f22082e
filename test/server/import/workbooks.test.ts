import Excel from 'exceljs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ImportDesk, openImportDesk, problemsOf } from './desk.ts'
import { zip } from './zip.ts'

const HEADER = ['訂單編號', '客戶名稱', '品號', '品名', '數量', '單價', '訂單日期', '交貨日期', '備註']

async function workbook(fill: (book: Excel.Workbook) => void): Promise<Uint8Array> {
  const book = new Excel.Workbook()
  fill(book)
  return new Uint8Array(await book.xlsx.writeBuffer())
}
/** The parts of a workbook as other programs write them. */
function byHand(sheet: string, { strings = '', styles = '', sheets = '<sheet name="Sheet1" sheetId="1" r:id="rId1"/>' } = {}): Uint8Array {
  const relation = (id: string, type: string, target: string) => `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`
  return zip([
    { name: '[Content_Types].xml', content: '<Types/>' },
    { name: 'xl/workbook.xml', content: `<workbook xmlns:r="r"><sheets>${sheets}</sheets></workbook>` },
    { name: 'xl/_rels/workbook.xml.rels', content: `<Relationships>${relation('rId1', 'worksheet', '/xl/worksheets/orders.xml')}${relation('rId2', 'sharedStrings', 'sharedStrings.xml')}${relation('rId3', 'styles', 'styles.xml')}</Relationships>` },
    { name: 'xl/worksheets/orders.xml', content: sheet },
    { name: 'xl/sharedStrings.xml', content: `<sst>${strings}</sst>` },
    { name: 'xl/styles.xml', content: `<styleSheet>${styles}</styleSheet>` },
  ])
}

describe('workbooks', () => {
  let desk: ImportDesk
  beforeEach(async () => {
    desk = await openImportDesk()
  })
  afterEach(() => desk.floor.end())

  test('numbers, dates, texts and the results of formulas are read from their cells', async () => {
    const content = await workbook((book) => {
      const sheet = book.addWorksheet('訂單')
      sheet.addRow(HEADER)
      sheet.addRow(['S-1', '林紙行', 'BX-204', '牛皮紙', 12, 1200, new Date(Date.UTC(2026, 10, 24)), new Date(Date.UTC(2026, 10, 27)), { richText: [{ text: '九點' }, { text: '以前' }] }])
      sheet.addRow(['S-1', '林紙行', 204, '白卡紙', { formula: 'E2*2', result: 24 }, { formula: 'F2*0.75', result: 900 }, new Date(Date.UTC(2026, 10, 24)), { formula: 'H2', result: 46353 }, ''])
    })
    const { files } = await desk.files({ 'orders.xlsx': content })
    expect(files[0]).toMatchObject({ kind: 'xlsx', encoding: null, delimiter: null, sheets: ['訂單'], sheet: '訂單', headerRow: 1, rows: 2 })
    const report = await desk.preview()
    expect(problemsOf(report)).toEqual([])
    expect(report.sample).toMatchObject([
      {
        number: 'S-1',
        customer: { name: '林紙行' },
        placedAt: '2026-11-23T16:00:00.000Z',
        promisedAt: '2026-11-27T15:59:59.000Z',
        memo: '九點以前',
        lines: [{ sku: 'BX-204', quantity: 12, price: 1200 }, { sku: '204', quantity: 24, price: 900 }],
      },
    ])
  })

  test('a formula without a result, and a cell in error, are listed as such', async () => {
    const content = await workbook((book) => {
      const sheet = book.addWorksheet('Orders')
      sheet.addRow(HEADER)
      sheet.addRow(['S-1', 'Lin', 'BX-204', 'Kraft', { formula: 'A1*2' }, 1200])
      sheet.addRow(['S-2', 'Lin', 'BX-204', 'Kraft', 12, { error: '#N/A' }])
      sheet.addRow(['S-3', 'Lin', 'BX-204', 'Kraft', 12, 1200])
    })
    await desk.files({ 'orders.xlsx': content })
    const report = await desk.preview()
    expect(report.orders).toBe(1)
    expect(problemsOf(report)).toEqual(['2 數量 =A1*2 formula', '3 單價 #N/A cell-error'])
    expect(report.problems[0]?.says).toContain('formula')
  })

  test('the first visible sheet with rows is read; the person can choose another', async () => {
    const content = await workbook((book) => {
      book.addWorksheet('Hidden', { state: 'hidden' }).addRow(['Order', 'x'])
      book.addWorksheet('Empty')
      for (const [name, order] of [['November', 'S-1'], ['December', 'S-2']] as const) {
        const sheet = book.addWorksheet(name)
        sheet.addRow(['Order', 'Customer', 'SKU', 'Qty'])
        sheet.addRow([order, 'Lin', 'BX-204', 1])
      }
    })
    const { files } = await desk.files({ 'orders.xlsx': content })
    expect(files[0]).toMatchObject({ sheets: ['Empty', 'November', 'December'], sheet: 'November' })
    await desk.patch('orders.xlsx', { sheet: 'December' })
    expect((await desk.settled()).files[0]).toMatchObject({ sheet: 'December' })
    expect((await desk.preview()).sample).toMatchObject([{ number: 'S-2' }])
    await desk.patch('orders.xlsx', { sheet: 'Hidden' })
    expect((await desk.settled()).files[0]).toMatchObject({ status: 'faulty', fault: { type: 'no-sheet' } })
  })

  test('what other programs write is read too: texts in place, no references, prefixes, phonetic hints', async () => {
    const strings = '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si><si><r><t>BX</t></r><r><t xml:space="preserve">-204</t></r></si>'
    const inline = (text: string) => `<x:c t="inlineStr"><x:is>${text}</x:is></x:c>`
    const header = ['Order', 'Customer', 'SKU', 'Qty', 'Memo'].map((name) => inline(`<x:t>${name}</x:t>`)).join('')
    const sheet = `<x:worksheet xmlns:x="x"><x:sheetData><x:row>${header}</x:row><x:row>${inline('<x:r><x:t>S-</x:t></x:r><x:r><x:t>1</x:t></x:r>')}<x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c><x:c><x:v>1.2E1</x:v></x:c><x:c t="str"><x:v>a_x000A_b &amp; c</x:v></x:c></x:row></x:sheetData></x:worksheet>`
    await desk.files({ 'orders.xlsx': byHand(sheet, { strings }) })
    expect((await desk.preview()).sample).toMatchObject([{ number: 'S-1', customer: { name: '東京' }, memo: 'a\nb & c', lines: [{ sku: 'BX-204', quantity: 12 }] }])
  })

  test('every Chinese character of a long workbook arrives, wherever the file is cut to be read', async () => {
    const rows = 4000
    const content = await workbook((book) => {
      const sheet = book.addWorksheet('訂單')
      sheet.addRow(HEADER)
      for (let i = 0; i < rows; i++) sheet.addRow([`S-${i}`, `林紙行股份有限公司第${i}分店`, 'BX-204', '牛皮紙二百磅全開', 1, 1, '', '', `請於上午九點以前送達臺中市西屯區第${i}號倉庫後門`])
    })
    await desk.files({ 'orders.xlsx': content })
    expect(await desk.preview()).toMatchObject({ orders: rows, badRows: 0 })
    await desk.take()
    const orders = await desk.orders()
    for (let i = 0; i < rows; i++) expect(orders.get(`S-${i}`)).toMatchObject({ customer: { name: `林紙行股份有限公司第${i}分店` }, memo: `請於上午九點以前送達臺中市西屯區第${i}號倉庫後門` })
  })

  test('cells beside the table do not make its rows slide', async () => {
    const content = await workbook((book) => {
      const sheet = book.addWorksheet('Orders')
      sheet.addRow(['Order', 'Customer', 'SKU', 'Qty'])
      sheet.addRow(['S-1', 'Lin', 'BX-204', 1, '', 'look here'])
    })
    await desk.files({ 'orders.xlsx': content })
    expect(await desk.preview()).toMatchObject({ orders: 1, badRows: 0 })
  })
})
