/** 伺服器各入口的回覆。 */
import type { Messages } from './en.ts'

export const zhTW: Messages = {
  'not-found': { title: '找不到', detail: '這個位址沒有內容。' },
  'no-token': { title: '不認得這台裝置', detail: '要求沒有說明來自哪台裝置。請到主管的畫面登錄這台裝置。' },
  'unknown-device': { title: '不認得這台裝置', detail: '伺服器不認得這台裝置。裝置上的紀錄都還在,請重新登錄。' },
  'device-revoked': { title: '這台裝置已被停用', detail: '主管已停用這台裝置。裝置上的紀錄會留給主管處理。' },
  'device-fork': { title: '兩台裝置用同一個身分', detail: '另一台裝置用了這台的身分。這台會換新身分後重送。' },
  'no-grant': { title: '沒有人登入', detail: '請先在這台裝置登入。' },
  forbidden: { title: '這個角色不能使用', detail: '開放給:{roles}。' },
  'other-scope': { title: '這台裝置不能讀取', detail: '目前使用裝置的人不能讀取這項資料。' },
  'no-order': { title: '沒有這張訂單', detail: '沒有你可以讀取的訂單 {id}。' },
  'invalid-json': { title: '無法讀取', detail: '送來的內容不是有效的 JSON。' },
  malformed: { title: '格式不對', detail: '在「{path}」:{message}' },
  'too-large': { title: '太大', detail: '一次最多 {limit} 位元組,請分批傳送。' },
  'bad-encoding': { title: '無法讀取', detail: '內容的壓縮方式不對,只接受 gzip。' },
  'update-needed': { title: '需要更新', detail: '應用程式的版本是 {came},伺服器的版本是 {wanted}。' },
  'wrong-hash': { title: '照片在傳送中損壞', detail: '內容與雜湊值不符,請重新傳送。' },
  'wrong-offset': { title: '請從別處接續', detail: '伺服器已有這張照片的 {offset} 位元組,請從那裡接續。' },
  'no-blob': { title: '沒有這張照片', detail: '伺服器沒有這個雜湊值的照片。' },
  'too-many': { title: '要求太多', detail: '請稍後再試。' },
  busy: { title: '伺服器忙碌中', detail: '這次沒有記錄任何內容,請稍後再試。' },
  fault: { title: '伺服器出錯', detail: '送出的內容仍保留在裝置上,會再送一次。參考編號:{reference}' },
}
