/** What lies where. */
import type { stock as zhTW } from '../zh-TW/stock.ts'
import type { Words } from '../words.ts'

export const stock: Words<typeof zhTW> = {
  title: '库存',
  look: '储位、批号、卷号或料号',
  take: '查',
  begin: '扫描储位、批号或料号',
  beginSecond: '看那里有什么，再入库、移位或盘点',
  nothing: '这里没有 {code}',
  nothingSecond: '本机不认得这个储位、批号或料号',
  entries: '条库存',
  held: '待判，不可拣',
  lot: '批号／卷号',
  quantity: '数量（{unit}）',
  noPlace: '没有储位',
  needPlace: '请扫描或输入储位',
  needLot: '请扫描或输入卷号',
  count: {
    title: '盘点',
    key: '盘点',
    on: '不显示账上数量；点一条输入实数',
    off: '点一条即可移位',
    act: '记下实数',
    done: '{place} 实数 {quantity}，已记下',
  },
  move: {
    title: '移位',
    place: '移到哪个储位',
    act: '移过去',
    done: '{quantity} 已移到 {place}',
  },
  receive: {
    title: '成品入库',
    place: '放到哪个储位',
    act: '入库',
    done: '{quantity} 已入 {place}',
  },
  asks: {
    word: '待核',
    look: '看这个储位，重新盘点',
    empty: '那里没有货，归零',
    accept: '认可差异',
    takeBack: '盘点前已取走，冲回',
    elsewhere: '账上这批在 {place} 还有 {quantity}。',
    unheard: '账上别处没有这个批号。',
    moved: '是从 {place} 拿的，账移过来',
    receive: '漏了入库，补记',
    negativeText: '账上 {quantity}，少于零',
    countText: '账上 {expected}，实数 {counted}',
    late: '其中 {quantity} 是盘点前做的，盘点后才收到。',
  },
}
