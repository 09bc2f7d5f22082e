/** The one question 'your PIN?': a step counts only when it is signed. Asked by `useAct`, shown by PinSheet. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** Answered with the PIN when it was the right one, with null when the person turned away. */
export type PinQuestion = { title: string; second: string; answer(pin: string | null): void }

export const usePin = defineStore('pin', () => {
  const question = shallowRef<PinQuestion | null>(null)

  /** What was entered, for a door of the server that wants it too. */
  function enter(title: string, second = ''): Promise<string | null> {
    question.value?.answer(null)
    return new Promise((resolve) => {
      question.value = {
        title,
        second,
        answer(pin) {
          question.value = null
          resolve(pin)
        },
      }
    })
  }
  /** true when the person at the device entered the right PIN, false when they turned away. */
  const ask = async (title: string, second = ''): Promise<boolean> => (await enter(title, second)) !== null
  return { question, ask, enter }
})
