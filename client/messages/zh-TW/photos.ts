/** 照片：拍照、選照片、縮圖。 */
export const photos = {
  label: '照片',
  take: '拍照',
  choose: '選照片',
  busy: '處理中…',
  photo: '第 {n} 張照片',
  remove: '拿掉第 {n} 張照片',
  onItsWay: '還在「{device}」，會傳來',
  unreached: '現在連不上',
  full: '最多 {most} 張',
  unreadable: '「{name}」不是看得懂的照片，換一張。',
  notSaved: '照片沒有存下來：{cause}',
}
