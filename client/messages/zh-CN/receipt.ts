/** 到货回单。 */
import type { receipt as zhTW } from '../zh-TW/receipt.ts'
import type { Words } from '../words.ts'

export const receipt: Words<typeof zhTW> = {
  title: '到货回单',
  none: '还没有签收',
  goods: '品名规格',
  sent: '送',
  received: '收',
  other: '其他',
  photos: '照片 {count}',
  photo: '照片 {n}',
  time: '时间',
  address: '地址',
  place: '地点',
  by: '送货',
  number: '发货单',
  receiver: '签收',
  cash: '现金',
  seconds: '± {seconds} 秒',
  metres: '± {metres} 米',
  signature: '{name}的签名',
  onPaper: '签在纸上，见照片。',
  seal: '核签',
  recorded: '已记录，服务器已核签',
  scan: '扫二维码打开这张回单',
  here: '只在这台设备',
  hereSecond: '连上网络就会送出。',
  qr: '打开这张回单的二维码',
  toTrip: '回车次',
  print: '印一份给客户',
  printSecond: '或让他扫这个二维码',
}
