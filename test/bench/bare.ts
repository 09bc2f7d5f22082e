/**
 * The least that a page can do for the same: what a tap and a reload cost on this machine before any of our code. The page has
 * the marks that screen.ts looks for. Runs in the page before anything of it; nothing from outside is in reach.
 */
export const BARE_PATH = '/healthz'

export function bare(): void {
  if (location.pathname !== '/healthz') return
  const answer = <T>(request: IDBRequest<T>) =>
    new Promise<T>((done, failed) => {
      request.onsuccess = () => done(request.result)
      request.onerror = () => failed(request.error)
    })
  addEventListener('DOMContentLoaded', async () => {
    document.head.innerHTML = '<meta name="viewport" content="width=device-width">'
    const opening = indexedDB.open('bare', 1)
    opening.onupgradeneeded = () => {
      const rows = opening.result.createObjectStore('rows', { keyPath: 'id' })
      for (let i = 0; i < 1000; i++) rows.put({ id: `o${i}`, text: 'x'.repeat(3000) })
    }
    const db = await answer(opening)
    const rows = await answer<{ id: string }[]>(db.transaction('rows').objectStore('rows').getAll(undefined, 30))
    const figure = document.createElement('b')
    const key = Object.assign(document.createElement('button'), { className: 'main', textContent: 'take' })
    const count = Object.assign(document.createElement('p'), { className: 'count' })
    const list = document.createElement('ol')
    list.append(...rows.map(({ id }) => Object.assign(document.createElement('li'), { className: 'job', textContent: id })))
    count.append(figure)
    Object.assign(key.style, { width: '300px', height: '96px' })
    document.body.replaceChildren(key, count, list)
    let taken = 0
    key.addEventListener('click', () => {
      const transaction = db.transaction('rows', 'readwrite', { durability: 'strict' })
      const store = transaction.objectStore('rows')
      store.get('o1').onsuccess = () => {
        store.put({ id: 'o1', text: 'x'.repeat(3000) })
        store.put({ id: `c${Date.now()}`, text: 'x'.repeat(500) })
      }
      transaction.oncomplete = () => {
        taken += 1
        figure.textContent = String(taken)
      }
    })
  })
}
