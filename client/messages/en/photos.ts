/** Photographs: take, choose, thumbnails. */
import type { photos as zhTW } from '../zh-TW/photos.ts'
import type { Words } from '../words.ts'

export const photos: Words<typeof zhTW> = {
  label: 'Photos',
  take: 'Take photo',
  choose: 'Choose',
  busy: 'One moment…',
  photo: 'Photo {n}',
  remove: 'Take away photo {n}',
  onItsWay: 'on its way, on “{device}”',
  unreached: 'out of reach now',
  full: '{most} at most',
  unreadable: '“{name}” is no picture that can be read. Take another.',
  notSaved: 'The photo was not saved: {cause}',
}
