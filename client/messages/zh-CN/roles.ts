/** What a person is at the mill: the way in says it, too. */
import type { roles as zhTW } from '../zh-TW/roles.ts'
import type { Words } from '../words.ts'

export const roles: Words<typeof zhTW> = {
  sales: '销售员',
  service: '客服员',
  'service-supervisor': '客服主管',
  finance: '财务部',
  warehouse: '仓管员',
  quality: '质检部',
  shipper: '发货员',
  driver: '运输员',
  supervisor: '主管',
}
