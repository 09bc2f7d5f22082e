/** What the device had to say no to just now: shown over the screen until it is put away, never in the way of the work. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

export type Answer = { id: number; kind: 'refused' | 'notSaved' | 'faulty' | 'notSignedIn'; title: string; text: string }

export const useAnswers = defineStore('answers', () => {
  const answers = shallowRef<readonly Answer[]>([])
  let last = 0
  return {
    answers,
    say(answer: Omit<Answer, 'id'>) {
      last += 1
      answers.value = [...answers.value.filter((each) => each.title !== answer.title || each.text !== answer.text), { ...answer, id: last }]
    },
    close(id: number) {
      answers.value = answers.value.filter((each) => each.id !== id)
    },
    clear() {
      answers.value = []
    },
  }
})
