/** The words of the screens: complete in three languages, none outside their files, each in its own script. */
import { globSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { messages as enFirst } from '../../client/messages/en/first.ts'
import { messages as enRest } from '../../client/messages/en/rest.ts'
import { messages as cnFirst } from '../../client/messages/zh-CN/first.ts'
import { messages as cnRest } from '../../client/messages/zh-CN/rest.ts'
import { i18n, speak } from '../../client/messages/messages.ts'
import { messages as twFirst } from '../../client/messages/zh-TW/first.ts'
import { messages as twRest } from '../../client/messages/zh-TW/rest.ts'

/** `roles.driver` → what it says. */
function flat(tree: object, under = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [name, value] of Object.entries(tree)) {
    const key = under === '' ? name : `${under}.${name}`
    if (typeof value === 'string') found.set(key, value)
    else for (const [inner, text] of flat(value as object, key)) found.set(inner, text)
  }
  return found
}

const LANGUAGES = {
  'zh-TW': flat({ ...twFirst, ...twRest }),
  'zh-CN': flat({ ...cnFirst, ...cnRest }),
  en: flat({ ...enFirst, ...enRest }),
}
const zhTW = LANGUAGES['zh-TW']
const others = [
  ['zh-CN', LANGUAGES['zh-CN']],
  ['en', LANGUAGES.en],
] as const
const paramsOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

const root = process.cwd()
const sources = globSync('client/**/*.{ts,vue,css}', { cwd: root })
  .filter((path) => !path.startsWith('client/messages/'))
  .map((path) => ({ path: relative('client', path), text: readFileSync(path, 'utf8') }))

/** Without what only developers read. */
const bare = (text: string): string => text.replaceAll(/<!--[\s\S]*?-->|\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '')

describe('every language', () => {
  for (const [language, said] of others) {
    test(`${language} says everything that zh-TW says, and nothing else`, () => {
      expect([...said.keys()].sort()).toEqual([...zhTW.keys()].sort())
    })
    test(`${language} fills in the same figures and names`, () => {
      const differ = [...zhTW].filter(([key, text]) => String(paramsOf(text)) !== String(paramsOf(said.get(key) ?? '')))
      expect(differ.map(([key, text]) => ({ key, text, [language]: said.get(key) }))).toEqual([])
    })
  }
  for (const [language, said] of Object.entries(LANGUAGES))
    test(`${language} leaves nothing empty, and nothing that the message compiler would take for its own signs`, () => {
      const wrong = [...said].filter(([, text]) => text.trim() === '' || /[@|]/.test(text) || /[{}]/.test(text.replaceAll(/\{\w+\}/g, '')))
      expect(wrong).toEqual([])
    })
})

test('of two languages that were asked for the later is spoken, whichever is there first', async () => {
  await speak('zh-TW')
  const late = speak('zh-CN')
  await speak('zh-TW')
  await late
  expect(i18n.global.locale.value).toBe('zh-TW')
})

describe('the screens', () => {
  const CALL = /(?<![\w.])(?:t|te)\(\s*(['"`])((?:(?!\1)[^\\\n])*)\1/g
  const uses = sources.flatMap(({ path, text }) =>
    [...bare(text).matchAll(CALL)].map(([, quote, key = '']) => ({ path, key, filled: quote === '`' && key.includes('${') })),
  )

  test('ask for words at all', () => {
    expect(uses.length).toBeGreaterThan(100)
  })
  test('ask only for words that are there', () => {
    expect(uses.filter(({ key, filled }) => !filled && !zhTW.has(key))).toEqual([])
  })
  test('that put a key together begin and end it as some key does', () => {
    const keys = [...zhTW.keys()]
    const unknown = uses.filter(({ key, filled }) => {
      if (!filled) return false
      const pattern = new RegExp(`^${key.split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/).map((part) => part.replaceAll('.', '\\.')).join('.+')}$`)
      return !keys.some((each) => pattern.test(each))
    })
    expect(unknown).toEqual([])
  })
  test('use only what the slim build of the library has', () => {
    expect(sources.filter(({ text }) => /\{[^}]*\b(?:te|tm|rt|d|n)\b[^}]*\}\s*=\s*useI18n\(/.test(text)).map(({ path }) => path)).toEqual([])
  })
  test('hold no Chinese words of their own', () => {
    // A pattern is what people write and the app reads, not what it says.
    const patterns = /(?<=[(=,:[]\s*)\/(?:[^/\\\n]|\\.)+\/[dgimsuvy]*/g
    const lines = sources.flatMap(({ path, text }) =>
      (path.endsWith('.ts') ? bare(text).replaceAll(patterns, '') : bare(text))
        .split('\n')
        .filter((line) => /\p{Script=Han}/u.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    )
    expect(lines).toEqual([])
  })
})

describe('each script', () => {
  /** Pairs of a common sign, in both scripts, where one is never right in the other. */
  const SIMPLIFIED = [...'们这个来时为说国产学对发开关门问间长东车马鸟见风书买卖让认识话语请谁读变应还进远连运过边达选错铁银钟钱签单据证质货贩贵费贴资赔账购贷输轮辆载较转软机权条极构标样检楼欢欧残毁汇汉沟况净减凑击则刚创删别剂务动劳势区医华协卫历压县双叶号听启员园围图场块坏坚块处备复够头夹奖妈娱学宁宝实审宪宽对导寻将尔尘尽层属岁币师带帮干广庄库应废开异弃张弹强归录当彻径徕忆态怀总恋恶恼悬惊惯愿戏战户执扩扫扬护报拟拥择换损据拣']
  const TRADITIONAL = [...'們這個來時為說國產學對發開關門問間長東車馬鳥見風書買賣讓認識話語請誰讀變應還進遠連運過邊達選錯鐵銀鐘錢簽單據證質貨販貴費貼資賠賬購貸輸輪輛載較轉軟機權條極構標樣檢樓歡歐殘毀匯漢溝況淨減湊擊則剛創刪別劑務動勞勢區醫華協衛歷壓縣雙葉號聽啟員園圍圖場塊壞堅處備複夠頭夾獎媽娛寧寶實審憲寬導尋將爾塵盡層屬歲幣師帶幫廣莊庫廢異棄張彈強歸錄當徹徑憶態懷總戀惡惱懸驚慣願戲戰執擴掃揚護報擬擁擇換損揀']
  const both = new Set(SIMPLIFIED.filter((sign) => TRADITIONAL.includes(sign)))
  /** Written alike by both, or right in Traditional Chinese too. */
  const SHARED = new Set([...'干广况净凑员别号叶启复尽系面后里只制游准云'])
  const onlySimplified = new Set(SIMPLIFIED.filter((sign) => !both.has(sign) && !SHARED.has(sign)))
  const onlyTraditional = new Set(TRADITIONAL.filter((sign) => !both.has(sign) && !SHARED.has(sign)))
  /** A language is called by its own name. */
  const ownNames = /^shell\.languages\./
  const strays = (said: ReadonlyMap<string, string>, signs: ReadonlySet<string>) =>
    [...said].filter(([key, text]) => !ownNames.test(key) && [...text].some((sign) => signs.has(sign)))

  test('every language is called by its own name, whichever is spoken', () => {
    for (const [key, text] of zhTW) if (ownNames.test(key)) for (const [, said] of others) expect(said.get(key)).toBe(text)
  })
  test('zh-TW is written in Traditional Chinese', () => {
    expect(strays(zhTW, onlySimplified)).toEqual([])
  })
  test('zh-CN is written in Simplified Chinese', () => {
    expect(strays(LANGUAGES['zh-CN'], onlyTraditional)).toEqual([])
  })
  test('en is written in Latin letters', () => {
    expect([...LANGUAGES.en].filter(([key, text]) => !ownNames.test(key) && /\p{Script=Han}/u.test(text))).toEqual([])
  })
  test('Chinese sentences end and pause in Chinese', () => {
    const half = [...zhTW, ...LANGUAGES['zh-CN']].filter(([, text]) => /\p{Script=Han}[,;:!?]|\p{Script=Han}\.(?:\s|$)/u.test(text))
    expect(half).toEqual([])
  })
})
