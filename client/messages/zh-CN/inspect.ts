/** 出货前检验：数量、外观与包装、标签，合格、搁置或不合格。 */
import type { inspect as zhTW } from '../zh-TW/inspect.ts'
import type { Words } from '../words.ts'

export const inspect: Words<typeof zhTW> = {
  title: '检验',
  dot: '・',
  standard: '标准：{quality}',
  goods: '单上与拣到的',
  figures: '{picked}／{of}',
  differs: '少 {quantity}',
  over: '多 {quantity}',
  none: '没有拣任何货',
  more: '再看 {count} 项',
  checks: '检查',
  hints: {
    quantity: '每一项的件数、卷数、重量，和单上的一样',
    appearance: '没有破损、受潮、脏污；包装照单上写的',
    appearanceWish: '没有破损、受潮、脏污；包装：{packaging}',
    labels: '品名、规格、批号或卷号、客户，贴好、看得清楚',
  },
  words: { pass: '合格', fail: '不合格' },
  result: '结果',
  results: {
    pass: { title: '合格', second: '可以包装' },
    hold: { title: '搁置', second: '先放着，等人决定，之后再验' },
    fail: { title: '不合格', second: '返工、换货或退掉' },
  },
  passFailed: '有一项不合格还是放行：会记成异常给主管看',
  reason: '原因',
  reasonHint: '哪一件、哪里不对。会和照片一起留着。',
  act: { pass: '合格，签名', hold: '搁置，签名', fail: '不合格，签名' },
  actNone: '签名',
  blocked: { checks: '还有 {count} 项没检查', result: '选合格、搁置或不合格', reason: '写下原因' },
  before: '上次 {name} {time}：{result}',
  again: '再验一次',
  done: {
    pass: '检验合格',
    by: '{name} {time}',
    pack: '去包装',
    next: '下一张',
    list: '回工作清单',
    stage: '现在是“{stage}”',
  },
  states: { recorded: '已记录', device: '在本机' },
  photos: '不合格的照片',
  cancelled: { title: '已取消', by: '{name} {time} 取消：{reason}', back: '去放回' },
}
