/** What is said aloud: by which voice, and in which words. */
import { describe, expect, test } from 'vitest'
import { messages as cn } from '../../../client/messages/zh-CN/rest.ts'
import { messages as en } from '../../../client/messages/en/rest.ts'
import { messages as tw } from '../../../client/messages/zh-TW/rest.ts'
import { spokenCount, spokenPlace, voiceFor } from '../../../client/hand/speech.ts'

const numerals = { 'zh-TW': tw.pick.spoken.numerals, 'zh-CN': cn.pick.spoken.numerals, en: en.pick.spoken.numerals }
const voice = (lang: string, localService = true) => ({ lang, localService })
const SOLD = ['en-AU', 'ja-JP', 'zh-HK', 'zh_TW_#Hant', 'zh-CN', 'en-US', 'cmn-Hant-TW'].map((lang) => voice(lang))

describe('the voice', () => {
  test('is the one of the language', () => {
    expect(voiceFor('zh-TW', SOLD)?.lang).toBe('zh_TW_#Hant')
    expect(voiceFor('zh-CN', SOLD)?.lang).toBe('zh-CN')
    expect(voiceFor('en', SOLD)?.lang).toBe('en-US')
  })
  test('is that of the other shore before none, and never a Cantonese one', () => {
    expect(voiceFor('zh-TW', [voice('zh-HK'), voice('zh-CN')])?.lang).toBe('zh-CN')
    expect(voiceFor('zh-CN', [voice('zh-HK'), voice('zh-TW')])?.lang).toBe('zh-TW')
    expect(voiceFor('zh-TW', [voice('zh-HK'), voice('yue-HK'), voice('en-US')])).toBeNull()
  })
  test('is of this device before one of the network', () => {
    expect(voiceFor('en', [voice('en-US', false), voice('en-US', true)])?.localService).toBe(true)
  })
})

describe('a quantity', () => {
  test('is said as people count', () => {
    const said = [0, 1, 2, 3, 10, 12, 20, 22, 102, 110, 200, 222, 1005, 1050, 2000, 9999].map((count) => spokenCount(count, numerals['zh-TW']))
    expect(said).toEqual(['零', '一', '兩', '三', '十', '十二', '二十', '二十二', '一百零二', '一百一十', '兩百', '兩百二十二', '一千零五', '一千零五十', '兩千', '九千九百九十九'])
  })
  test('is 两 in Simplified Chinese, and a figure where the voice knows better', () => {
    expect(spokenCount(2, numerals['zh-CN'])).toBe('两')
    expect([spokenCount(2, numerals.en), spokenCount(1986.5, numerals['zh-TW']), spokenCount(12_000, numerals['zh-TW'])]).toEqual(['2', '1986.5', '12000'])
  })
})

test('a place is said sign by sign: no date, no sum, no dash', () => {
  expect(spokenPlace('A-03-2')).toBe('A, 0 3, 2')
  expect(spokenPlace('C07.1')).toBe('C 0 7, 1')
  expect(spokenPlace('待驗區')).toBe('待驗區')
})
