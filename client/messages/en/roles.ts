/** What a person is at the mill: the way in says it, too. */
import type { roles as zhTW } from '../zh-TW/roles.ts'
import type { Words } from '../words.ts'

export const roles: Words<typeof zhTW> = {
  sales: 'Sales',
  service: 'Customer service',
  'service-supervisor': 'Service supervisor',
  finance: 'Finance',
  warehouse: 'Warehouse',
  quality: 'Quality',
  shipper: 'Shipper',
  driver: 'Driver',
  supervisor: 'Supervisor',
}
