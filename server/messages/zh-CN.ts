/** 服务器各入口的回复。 */
import type { Messages } from './en.ts'

export const zhCN: Messages = {
  'not-found': { title: '找不到', detail: '这个地址没有内容。' },
  'no-token': { title: '不认得这台设备', detail: '请求没有说明来自哪台设备。请到主管的屏幕登记这台设备。' },
  'unknown-device': { title: '不认得这台设备', detail: '服务器不认得这台设备。设备上的记录都还在,请重新登记。' },
  'device-revoked': { title: '这台设备已被停用', detail: '主管已停用这台设备。设备上的记录会留给主管处理。' },
  'device-fork': { title: '两台设备用同一个身份', detail: '另一台设备用了这台的身份。这台会换新身份后重发。' },
  'no-grant': { title: '没有人登录', detail: '请先在这台设备上登录。' },
  forbidden: { title: '这个角色不能使用', detail: '开放给:{roles}。' },
  'other-scope': { title: '这台设备不能读取', detail: '目前使用设备的人不能读取这项资料。' },
  'no-order': { title: '没有这张订单', detail: '没有你可以读取的订单 {id}。' },
  'invalid-json': { title: '无法读取', detail: '发来的内容不是有效的 JSON。' },
  malformed: { title: '格式不对', detail: '在“{path}”:{message}' },
  'too-large': { title: '太大', detail: '一次最多 {limit} 字节,请分批发送。' },
  'bad-encoding': { title: '无法读取', detail: '内容的压缩方式不对,只接受 gzip。' },
  'update-needed': { title: '需要更新', detail: '应用的版本是 {came},服务器的版本是 {wanted}。' },
  'wrong-hash': { title: '照片在传送中损坏', detail: '内容与哈希值不符,请重新发送。' },
  'wrong-offset': { title: '请从别处继续', detail: '服务器已有这张照片的 {offset} 字节,请从那里继续。' },
  'no-blob': { title: '没有这张照片', detail: '服务器没有这个哈希值的照片。' },
  'too-many': { title: '请求太多', detail: '请稍后再试。' },
  busy: { title: '服务器繁忙', detail: '这次没有记录任何内容,请稍后再试。' },
  fault: { title: '服务器出错', detail: '发出的内容仍保留在设备上,会再发一次。参考编号:{reference}' },
}
