/** Every 'no' in words: refusals, quarantine reasons, exceptions with their next act. */
import { useI18n } from 'petite-vue-i18n'
import { COMMAND_TYPES, PROBLEMS, SHORT_REASONS } from '../shared/order/commands.ts'
import { type ExceptionKind, NEXT_ACT } from '../shared/order/exception.ts'
import type { Goods, OrderException } from '../shared/order/order.ts'
import { STAGES } from '../shared/order/stage.ts'
import type { Refusal } from '../shared/order/refusal.ts'
import type { QuarantineReason } from '../shared/sync/wire.ts'
import { useFormat } from './format.ts'

type Reason = Refusal | QuarantineReason

/** What only a quarantine gives as its reason; everything else is a refusal's too. */
const QUARANTINED: Record<Exclude<QuarantineReason['type'], Refusal['type']>, true> = {
  'unknown-device': true,
  'revoked-person': true,
  'revoked-device': true,
  'bad-grant': true,
  'outside-grant': true,
  'unknown-type': true,
  malformed: true,
  forbidden: true,
  'other-site': true,
  poison: true,
}

/** Exceptions whose note begins with a word of the rules, and the messages that say it. */
const NOTE_WORDS: { readonly [kind in ExceptionKind]?: { under: string; words: readonly string[] } } = {
  problem: { under: 'order.problems', words: PROBLEMS },
  short: { under: 'order.shortReasons', words: SHORT_REASONS },
  'picked-late': { under: 'order.stages', words: STAGES },
  'put-back-late': { under: 'order.stages', words: STAGES },
  unsigned: { under: 'order.commands', words: COMMAND_TYPES },
}

export function useExplain() {
  const { t } = useI18n()
  const format = useFormat()

  function params(reason: Reason): Record<string, string> {
    const words: Record<string, string> = {}
    for (const [key, value] of Object.entries(reason)) {
      if (key === 'at') words.at = format.dayTime(String(value), Date.now())
      else if (key === 'roles') words.roles = format.list((value as string[]).map((role) => t(`roles.${role}`)))
      else if (key === 'gate') words.gate = t(`order.gates.${String(value)}`)
      else if (key === 'waitsFor') words.waits = format.list((value as string[]).map((gate) => t(`order.gates.${gate}`)))
      else if (key === 'stage') words.stage = t(`order.stages.${String(value)}`)
      else if (key === 'allowed') words.allowed = format.list((value as string[]).map((stage) => t(`order.stages.${stage}`)))
      else if (key === 'decisions') words.decisions = format.list((value as string[]).map((decision) => t(`order.decisions.${decision}`)))
      else if (key === 'fields') words.fields = format.list((value as string[]).map((field) => t(`order.fields.${field}`)))
      else words[key] = String(value)
    }
    return words
  }

  /** What a refusal or a quarantine says, as a sentence. */
  function reason(each: Reason): string {
    return t(Object.hasOwn(QUARANTINED, each.type) ? `order.quarantines.${each.type}` : `order.refusals.${each.type}`, params(each))
  }
  function goods(each: Goods): string {
    const quantity = format.quantity(each.quantity, each.unit)
    return each.lot === '' ? t('order.goods', { name: each.name, quantity }) : t('order.goodsLot', { name: each.name, quantity, lot: each.lot })
  }
  /** The next act of an exception, naming the goods and where they belong. */
  function nextAct({ kind, goods: all }: OrderException): string {
    const act = NEXT_ACT[kind]
    if (act === 'put-back' && all.length > 0)
      return format.list(all.map((each) => (each.from === '' ? `${t('order.exceptionActs.put-back')} ${goods(each)}` : t('order.putBackGoods', { goods: goods(each), place: each.from }))))
    const named = format.list(all.map(goods))
    return named === '' ? t(`order.exceptionActs.${act}`) : [t(`order.exceptionActs.${act}`), named].join(t('shell.dot'))
  }
  /** What was said with an exception, in words. */
  function note({ kind, note: said }: OrderException): string {
    const [first = '', ...rest] = said.split(': ')
    const known = NOTE_WORDS[kind]
    if (!known?.words.includes(first)) return said
    return [t(`${known.under}.${first}`), ...(rest.length === 0 ? [] : [rest.join(': ')])].join(t('shell.dot'))
  }
  return { reason, goods, nextAct, note }
}
