/** A job that waits. Those of a lower rank begin first, and of equals the one that came first. */
export type Waiting = {
  id: string
  model: string
  rank: number
  /** Whether somebody has given it its rank; else it follows from when the job was made. */
  moved: boolean
}

export type Line = {
  length: () => number
  /** How many of each model wait. */
  models: () => ReadonlyMap<string, number>
  put: (job: Waiting) => void
  /** Takes a job out; undefined where it does not wait here. */
  remove: (id: string) => Waiting | undefined
  get: (id: string) => Waiting | undefined
  /** How many stand before it; -1 where it does not wait here. */
  place: (id: string) => number
  at: (place: number) => Waiting | undefined
  /** The first that stands behind all of a lower rank. */
  firstFrom: (rank: number) => number
  first: (count: number) => readonly Waiting[]
  clear: () => readonly Waiting[]
}

/** How many have a lower rank, or with `orEqual` the same. */
const below = (order: readonly Waiting[], rank: number, orEqual: boolean): number => {
  let [low, high] = [0, order.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const other = order[middle]?.rank ?? Infinity
    if (other < rank || (orEqual && other === rank)) low = middle + 1
    else high = middle
  }
  return low
}
/** Jobs in the order of their ranks: a place is found by halving, and nothing is looked through. */
export const createLine = (): Line => {
  let order: Waiting[] = []
  const byId = new Map<string, Waiting>()
  const models = new Map<string, number>()

  const count = (model: string, by: number): void => {
    const now = (models.get(model) ?? 0) + by
    if (now === 0) models.delete(model)
    else models.set(model, now)
  }
  const place = (id: string): number => {
    const job = byId.get(id)
    if (!job) return -1
    let at = below(order, job.rank, false)
    while (order[at] !== job) at++
    return at
  }

  return {
    length: () => order.length,
    models: () => models,
    put: (job) => {
      const at = below(order, job.rank, true)
      // The usual case, in which nothing has to make room.
      if (at === order.length) order.push(job)
      else order.splice(at, 0, job)
      byId.set(job.id, job)
      count(job.model, 1)
    },
    remove: (id) => {
      const job = byId.get(id)
      if (!job) return undefined
      order.splice(place(id), 1)
      byId.delete(id)
      count(job.model, -1)
      return job
    },
    get: (id) => byId.get(id),
    place,
    at: (at) => order[at],
    firstFrom: (rank) => below(order, rank, false),
    first: (count) => order.slice(0, count),
    clear: () => {
      const all = order
      order = []
      byId.clear()
      models.clear()
      return all
    },
  }
}
