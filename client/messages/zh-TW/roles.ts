/** What a person is at the mill: the way in says it, too. */
export const roles = {
  sales: '銷售員',
  service: '客服員',
  'service-supervisor': '客服主管',
  finance: '財務部',
  warehouse: '倉管員',
  quality: '質檢部',
  shipper: '發貨員',
  driver: '運輸員',
  supervisor: '主管',
}
