/** 设置界面的用语。 */
import type { settings as zhTW } from '../zh-TW/settings.ts'
import type { Words } from '../words.ts'

export const settings: Words<typeof zhTW> = {
  title: '设置',
  language: '语言',
  theme: '外观',
  themes: { auto: '跟着系统', light: '亮', dark: '暗', outdoor: '户外' },
  themeSeconds: { auto: '白天亮、晚上暗', light: '室内', dark: '夜班、暗通道', outdoor: '太阳下，黑字白底加粗' },
  glove: '戴手套',
  gloveSecond: '按键和字都放大，间隔拉开。',
  site: {
    title: '厂区',
    second: '主管才能改，全部设备一起生效',
    name: '厂区名称',
    nameWrong: '厂区要有名称',
    first: '工作先做哪一张',
    tie: '一样的时候，再看',
    noTie: '单号',
    save: '存下厂区设置',
    saved: '存好了，各设备同步后生效。',
    offline: '连不上服务器，没有存。等有网络再按一次。',
  },
  rules: { received: '先接到的先做', promised: '交期早的先做' },
  app: {
    title: '这个 App',
    version: '版本',
    device: '设备',
    person: '登录的人',
    server: '服务器',
    storage: '已用空间',
    storageOf: '{used}，共可用 {quota}',
    unknown: '浏览器没有说',
    kept: '数据保留',
    keptYes: '浏览器不会自己清掉',
    keptNo: '空间不足时，浏览器可能清掉',
    keep: '请浏览器保留',
  },
  install: {
    title: '添加到主屏幕',
    second: '像一般 App 一样打开，没有网络也能开。',
    go: '安装',
    ios: '在 Safari 按“分享”，再选“添加到主屏幕”。',
    other: '在浏览器菜单选“安装”或“添加到主屏幕”。',
    done: '已经装好，从主屏幕打开的。',
  },
}
