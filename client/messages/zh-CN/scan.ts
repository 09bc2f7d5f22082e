/** 扫到的标签：写了什么，哪里不对。 */
import type { scan as zhTW } from '../zh-TW/scan.ts'
import type { Words } from '../words.ts'

export const scan: Words<typeof zhTW> = {
  dot: '・',
  says: {
    sscc: 'SSCC',
    gtin: 'GTIN',
    contentGtin: '内装 GTIN',
    lot: '批号',
    serial: '序号',
    bestBefore: '有效期限',
    expiresOn: '到期日',
    producedOn: '生产日',
    orderNumber: '订单号码',
    weight: '净重',
    length: '长度',
    count: '数量',
    unknown: '不认识的代码 {ai}',
  },
  wrong: {
    'too-short': '{name} 太短：要 {wanted}，读到“{came}”',
    'too-long': '{name} 太长：要 {wanted}，读到“{came}”',
    value: '{name}“{came}”里的“{part}”不对',
    'unknown-identifier': '不认识“{came}”开头的代码',
    'unknown-symbol': '不认识的条码种类“{came}”',
    'separator-sign': '“^”不是分隔符号：“{came}”',
    'check-digit': '校验码不对：要 {wanted}，读到“{came}”',
    'digits-only': '只能是数字：要 {wanted}，读到“{came}”',
    'too-few-digits': '位数太少：要 {wanted}，读到“{came}”',
    'too-many-digits': '位数太多：要 {wanted}，读到“{came}”',
    'nothing-read': '什么都没读到',
    'too-many': '标签上的项目超过 {most} 个',
    brackets: '括号里的代码不对：“{came}”',
    envelope: '标签的开头或结尾不完整：“{came}”',
    link: '不是 GS1 的网址：“{came}”',
  },
  covered: '扫到 {code}，先答完这一页',
}
