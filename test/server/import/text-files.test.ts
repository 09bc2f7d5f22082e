import iconv from 'iconv-lite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ImportDesk, openImportDesk, problemsOf } from './desk.ts'

const HEADER = 'Order No,Customer,SKU,Product,Quantity,Unit Price,Memo\n'
const row = (number: string, sku: string, quantity: string, memo = '') => `${number},林紙行,${sku},牛皮紙,${quantity},1200,${memo}\n`

describe('text files', () => {
  let desk: ImportDesk
  beforeEach(async () => {
    desk = await openImportDesk()
  })
  afterEach(() => desk.floor.end())

  const traditional = '訂單編號,客戶名稱,品號,品名,數量,單位,單價,交貨日期,地址\nS-1,林紙行股份有限公司,BX-204,牛皮紙二百磅,12,捲,"1,200",2026/11/27,臺中市西屯區工業區一路十二號\nS-1,林紙行股份有限公司,BX-205,白卡紙,3,捲,900,2026/11/27,臺中市西屯區工業區一路十二號\n'
  const simplified = '订单号,客户名称,货号,商品名称,数量,单位,单价,交货日期,收货地址\nS-1,广东纸业有限公司,BX-204,牛皮纸二百克,12,卷,1200,2026-11-27,广州市天河区中山大道西十二号\nS-1,广东纸业有限公司,BX-205,白卡纸,3,卷,900,2026-11-27,广州市天河区中山大道西十二号\n'
  for (const [encoding, text, customer] of [
    ['utf-8', traditional, '林紙行股份有限公司'],
    ['big5', traditional, '林紙行股份有限公司'],
    ['utf-16le', traditional, '林紙行股份有限公司'],
    ['utf-16be', traditional, '林紙行股份有限公司'],
    ['gb18030', simplified, '广东纸业有限公司'],
  ] as const)
    for (const mark of encoding.startsWith('utf') ? [true, false] : [false])
      test(`a file in ${encoding} ${mark ? 'with' : 'without'} a mark is read without being told`, async () => {
        const { files } = await desk.files({ 'orders.csv': iconv.encode(text, encoding, { addBOM: mark }) })
        expect(files[0]).toMatchObject({ encoding, delimiter: ',', headerRow: 1, rows: 2, fault: null })
        const report = await desk.preview()
        expect(problemsOf(report)).toEqual([])
        expect(report.sample).toMatchObject([{ number: 'S-1', customer: { name: customer }, lines: [{ sku: 'BX-204', quantity: 12, unit: 'roll', price: 1200 }, { sku: 'BX-205' }] }])
      })

  test('where characters come late in a long file, the encoding is still found', async () => {
    const ascii = Array.from({ length: 9000 }, (_, i) => `S-${i},C${i},BX-204,Kraft,12,1200,\n`).join('')
    const { files } = await desk.files({ 'orders.csv': iconv.encode(`${HEADER}${ascii}${row('S-9999', 'BX-204', '12', '請於上午九點以前送達倉庫後門')}`, 'big5') })
    expect(files[0]).toMatchObject({ encoding: 'big5', rows: 9001 })
  })

  test('a wrong guess of the encoding is put right by the person', async () => {
    const short = 'Order No,Customer,SKU,Quantity\nS-1,\u4e01,BX-204,12\n'
    await desk.files({ 'orders.csv': iconv.encode(short, 'big5') })
    const reply = await desk.patch('orders.csv', { encoding: 'big5' })
    expect(reply.status).toBe(200)
    await desk.settled()
    expect((await desk.preview()).sample[0]?.customer.name).toBe('丁')
    await desk.patch('orders.csv', { encoding: 'utf-8' })
    await desk.settled()
    const report = await desk.preview()
    expect(problemsOf(report)).toEqual(['2 Customer \ufffdB garbled'])
    expect(report.problems[0]?.says).toContain('encoding')
  })

  for (const [delimiter, name] of [[';', 'semicolons'], ['\t', 'tabs'], ['|', 'bars']] as const)
    test(`${name} between the values are seen`, async () => {
      const text = [['Order', 'Customer', 'SKU', 'Qty', 'Price'], ['S-1', 'Lin, Paper', 'BX-204', '12', '9,80'], ['S-1', 'Lin, Paper', 'BX-205', '3', '1.250,00']].map((cells) => cells.join(delimiter)).join('\r\n')
      const { files } = await desk.files({ 'orders.csv': text })
      expect(files[0]).toMatchObject({ delimiter, rows: 2 })
      const report = await desk.preview({ constants: { currency: 'EUR', unit: 'piece' } })
      // A comma for the decimals, seen over the whole column.
      expect(report.sample[0]).toMatchObject({ customer: { name: 'Lin, Paper' }, lines: [{ price: 980 }, { price: 125000 }] })
    })

  test('quoted values hold newlines, separators and quotation marks; rows are counted as a spreadsheet counts them', async () => {
    await desk.files({ 'orders.csv': `${HEADER}S-1,"Lin, ""Paper""",BX-204,Kraft,12,1200,"ring twice\nthen wait"\n\nS-2,Chen,BX-205,Kraft,-1,900,\n` })
    const report = await desk.preview()
    expect(report.sample).toMatchObject([{ number: 'S-1', customer: { name: 'Lin, "Paper"' }, memo: 'ring twice\nthen wait' }])
    expect(problemsOf(report)).toEqual(['4 Quantity -1 below-zero'])
  })

  test('a quotation mark that nobody closed is found, with the row where it stands', async () => {
    const { files } = await desk.files({ 'orders.csv': `${HEADER}${row('S-1', 'BX-204', '12')}S-2,"Lin,BX-204,Kraft,1,2,\n${row('S-3', 'BX-204', '12').repeat(50)}` })
    expect(files[0]).toMatchObject({ status: 'faulty', fault: { type: 'quote-open', row: 3 } })
    expect(files[0]?.fault?.says).toContain('row 3')
  })

  test('rows that are too short are read as far as they go, rows that are too long have slid', async () => {
    await desk.files({ 'orders.csv': `${HEADER}S-1,Lin,BX-204,Kraft,12,1200\nS-2,Lin,BX-204,Kraft, 200 g,12,1200,\nS-3,Lin,BX-204\nS-4,Lin,BX-204,Kraft,3,900,,,\n` })
    const report = await desk.preview()
    expect(report.sample.map(({ number }) => number)).toEqual(['S-1', 'S-4'])
    expect(problemsOf(report)).toEqual(['3 Quantity  200 g not-a-number', '4 Quantity  missing'])
    await desk.files({ 'orders.csv': `${HEADER}S-1,Lin,BX-204,Kraft,12,1200,a note, with a comma\n` })
    expect((await desk.preview()).problems).toMatchObject([{ row: 2, reason: { type: 'ragged', came: 8, wanted: 7 } }])
  })

  test('a title above the header, columns without a name and two of one name', async () => {
    const { files, guess } = await desk.files({ 'orders.csv': 'Orders of November,,,,\n,,,,\nOrder,Customer,SKU,,Qty,Qty\nS-1,Lin,BX-204,x,12,99\n' })
    expect(files[0]).toMatchObject({ headerRow: 3, rows: 1 })
    expect(files[0]?.columns.map(({ name }) => name)).toEqual(['Order', 'Customer', 'SKU', '', 'Qty', 'Qty'])
    expect(guess?.mapping.columns.quantity).toEqual({ file: 'orders.csv', column: 4 })
    expect((await desk.preview({ columns: { ...guess?.mapping.columns, memo: { file: 'orders.csv', column: 3 }, quantity: { file: 'orders.csv', column: 5 } } })).sample).toMatchObject([{ memo: 'x', lines: [{ quantity: 99 }] }])
  })

  test('a file without a header is read from its first row on', async () => {
    const { files } = await desk.files({ 'orders.csv': 'S-100,Lin,BX-204,12,1200.50,2026-11-24\nS-101,Chen,BX-205,3,900.00,2026-11-25\n' })
    expect(files[0]).toMatchObject({ headerRow: 0, rows: 2 })
    const report = await desk.preview()
    expect(report.sample).toMatchObject([{ number: 'S-100', customer: { name: 'Lin' }, lines: [{ sku: 'BX-204', quantity: 12 }] }, { number: 'S-101' }])
  })

  test('the person can say where the header is', async () => {
    await desk.files({ 'orders.csv': 'a,b,c,d\nOrder,Customer,SKU,Qty\nS-1,Lin,BX-204,12\n' })
    await desk.patch('orders.csv', { headerRow: 1 })
    expect((await desk.settled()).files[0]).toMatchObject({ headerRow: 1, rows: 2 })
    await desk.patch('orders.csv', { headerRow: 2 })
    expect((await desk.settled()).files[0]).toMatchObject({ headerRow: 2, rows: 1 })
    expect(await desk.preview()).toMatchObject({ orders: 1, lines: 1 })
  })

  test('the lines of an order are one order wherever they stand, in the order of the file', async () => {
    const lines = Array.from({ length: 3000 }, (_, i) => row(`S-${i % 1000}`, `BX-${i}`, String(i + 1))).join('')
    await desk.files({ 'orders.csv': `${HEADER}${lines}` })
    const report = await desk.preview()
    expect(report).toMatchObject({ orders: 1000, lines: 3000, badRows: 0 })
    expect(report.sample[7]).toMatchObject({ number: 'S-7', lines: [{ no: 1, sku: 'BX-7', quantity: 8 }, { no: 2, sku: 'BX-1007', quantity: 1008 }, { no: 3, sku: 'BX-2007', quantity: 2008 }] })
  })

  test('a value longer than any block that is read at once is listed, and the row after it is read', async () => {
    await desk.files({ 'orders.csv': HEADER + row('S-1', 'BX-204', '12', '長'.repeat(300_000)) + row('S-2', 'BX-205', '3') })
    const report = await desk.preview()
    expect(report.problems).toMatchObject([{ row: 2, column: 'Memo', reason: { type: 'too-long', most: 2000 } }])
    expect(report.problems[0]?.value).toHaveLength(200)
    expect(report.sample).toMatchObject([{ number: 'S-2', lines: [{ sku: 'BX-205', quantity: 3 }] }])
  })

  test('the same product twice in an order stays two lines', async () => {
    await desk.files({ 'orders.csv': HEADER + row('S-1', 'BX-204', '12') + row('S-1', 'BX-204', '3') })
    expect((await desk.preview()).sample[0]?.lines).toMatchObject([{ no: 1, sku: 'BX-204', quantity: 12 }, { no: 2, sku: 'BX-204', quantity: 3 }])
  })

  test('an order is of one customer and one currency; rows that say otherwise stay behind', async () => {
    await desk.files({ 'orders.csv': 'Order,Customer No,SKU,Qty,Price,Currency\nS-1,C1,A-1,1,5,USD\nS-1,C2,A-2,1,5,USD\nS-1,C1,A-3,1,5,EUR\nS-1,,A-4,1,5,\n' })
    const report = await desk.preview({ constants: { currency: 'USD', unit: 'piece' } })
    expect(report).toMatchObject({ orders: 1, lines: 2, partialOrders: 1 })
    expect(problemsOf(report)).toEqual(['3 Customer No C2 other-customer', '4 Currency EUR other-currency'])
  })

  test('every value that can’t be read is listed with its row, column, value and reason', async () => {
    const header = 'Order,Customer,SKU,Qty,Unit,Price,Discount,Due date,Grade,Payment terms\n'
    const good = ['S-1', 'Lin', 'BX-204', '12', 'roll', '1200', '0.1', '2026-11-27', 'A', 'monthly']
    const bad: readonly (readonly [number, string, string])[] = [
      [0, '', 'missing'],
      [1, 'x'.repeat(201), 'too-long'],
      [2, '', 'missing'],
      [3, 'many', 'not-a-number'],
      [3, '2.5', 'not-whole'],
      [3, '0', 'zero'],
      [3, '', 'missing'],
      [4, 'bushel', 'unknown-unit'],
      [5, '-5', 'below-zero'],
      [6, '120%', 'not-a-share'],
      [7, 'soon', 'not-a-date'],
      [8, 'Z', 'unknown-grade'],
      [9, 'never', 'unknown-terms'],
    ]
    const rows = bad.map(([column, value], i) => good.map((cell, k) => (k === column ? value : k === 0 ? `S-${i + 1}` : cell)).join(','))
    await desk.files({ 'orders.csv': `${header}${good.join(',')}\n${rows.join('\n')}\n` })
    const report = await desk.preview()
    expect(report.orders).toBe(1)
    expect(report.problems.map(({ row: at, reason }) => [at, reason.type])).toEqual(bad.map(([, , reason], i) => [i + 3, reason]))
    const columns = header.trim().split(',')
    expect(report.problems.map(({ column, value }) => [column, value])).toEqual(bad.map(([column, value]) => [columns[column], value.length > 200 ? `${value.slice(0, 199)}…` : value]))
  })

  test('in the list of rows no value can run as a formula', async () => {
    await desk.files({ 'orders.csv': `Order,Customer,SKU,Qty\n@S-1,Lin,BX-204,=1+1\nS-2,Lin,BX-204,-6\n` })
    await desk.preview()
    expect((await desk.list()).split('\r\n').slice(1, 3)).toEqual([`2,orders.csv,'@S-1,Qty,'=1+1,Not a number.`, '3,orders.csv,S-2,Qty,-6,Below zero.'])
  })
})
