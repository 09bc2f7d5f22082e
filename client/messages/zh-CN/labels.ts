/** 包装标签、装箱单。 */
import type { labels as zhTW } from '../zh-TW/labels.ts'
import type { Words } from '../words.ts'

export const labels: Words<typeof zhTW> = {
  title: '标签',
  count: '标签 {count} 张',
  none: '还没包装',
  noneSecond: '包装好了才有标签。',
  gs1: '物流标签，件号是 SSCC',
  own: '件号是本厂自己的，不是 GS1 的',
  size: '标签纸',
  sizes: { mm100: '100 × 150 mm', inch4: '4 × 6 英寸' },
  which: '打印哪几张',
  all: '全部 {count} 张',
  print: '打印 {count} 张',
  printSecond: '{size}，要 PDF 就选另存为 PDF',
  one: '第 {no}／{of} 件的标签',
  number: '订单',
  lot: '批号',
  weight: '重量',
  more: '还有 {count} 项，见装箱单',
  unnumbered: '这件是旧版包装的，没有件号。重新包装就有。',
  list: {
    title: '装箱单',
    second: 'A4，一件一件列出装了什么',
    to: '送货地址',
    contact: '收货人',
    packed: '包装',
    no: '件',
    goods: '内容',
    quantity: '数量',
    sum: '共 {count} 件',
    printed: '打印 {time}',
    print: '打印装箱单',
    printSecond: 'A4，要 PDF 就选另存为 PDF',
  },
}
