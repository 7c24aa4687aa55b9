const last = new Map<string, Promise<unknown>>()

/** Does things of the same name one after the other, in the order in which they were asked for; a failure stops none. */
export const inTurn = <T>(name: string, work: () => Promise<T>): Promise<T> => {
  const mine = (last.get(name) ?? Promise.resolve()).then(work, work)
  last.set(name, mine)
  const done = () => {
    if (last.get(name) === mine) last.delete(name)
  }
  mine.then(done, done)
  return mine
}
