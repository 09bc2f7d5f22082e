/** 照片：拍照、选照片、缩略图。 */
import type { photos as zhTW } from '../zh-TW/photos.ts'
import type { Words } from '../words.ts'

export const photos: Words<typeof zhTW> = {
  label: '照片',
  take: '拍照',
  choose: '选照片',
  busy: '处理中…',
  photo: '第 {n} 张照片',
  remove: '拿掉第 {n} 张照片',
  onItsWay: '还在「{device}」，会传来',
  unreached: '现在连不上',
  full: '最多 {most} 张',
  unreadable: '“{name}”不是看得懂的照片，换一张。',
  notSaved: '照片没有存下来：{cause}',
}
