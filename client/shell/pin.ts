/** The one question 'your PIN?': a step counts only when it is signed. Asked by `useAct`, shown by PinSheet. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

export type PinQuestion = { title: string; second: string; answer(signed: boolean): void }

export const usePin = defineStore('pin', () => {
  const question = shallowRef<PinQuestion | null>(null)

  /** true when the person at the device entered the right PIN, false when they turned away. */
  function ask(title: string, second = ''): Promise<boolean> {
    question.value?.answer(false)
    return new Promise((resolve) => {
      question.value = {
        title,
        second,
        answer(signed) {
          question.value = null
          resolve(signed)
        },
      }
    })
  }
  return { question, ask }
})
