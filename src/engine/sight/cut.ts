/** A node's way to its parent is one of its eight ways, or that it has none, hangs on the terminal, or lost it. */
const NONE = -1
const ROOT = 8
const ORPHAN = 9
/** The tree that a node belongs to. */
const FREE = 0
const INSIDE = 1
const OUTSIDE = 2

/** What it costs to part a cell from its neighbours: whole numbers from 0. The last column and row have none beyond. */
export type Bonds = { right: Int32Array; below: Int32Array; belowRight: Int32Array; belowLeft: Int32Array }

/**
 * Parts a grid in two so that the sum of what is given up is least: for each cell `leans` (whole numbers: above 0 what it
 * costs to leave it outside, below 0 to take it in), for each two neighbours of different sides their bond. A minimum cut
 * by augmenting paths between two search trees (Boykov and Kolmogorov, 2004). Answers 1 for each cell inside.
 */
export const cutGrid = (across: number, down: number, leans: Int32Array, bonds: Bonds): Uint8Array => {
  // A rim of cells without bonds spares looking for edges.
  const pitch = across + 2
  const count = pitch * (down + 2)
  // Each way beside the way back: along, down and both diagonals.
  const offsets = Int32Array.of(1, -1, pitch, -pitch, pitch + 1, -pitch - 1, pitch - 1, -pitch + 1)
  const left = new Int32Array(count * 8)
  const terminal = new Int32Array(count)
  const tree = new Uint8Array(count)
  const parent = new Int8Array(count).fill(NONE)
  const stamp = new Int32Array(count)
  const depth = new Int32Array(count)
  const queue = new Int32Array(count + 1)
  const queued = new Uint8Array(count)
  const orphans: number[] = []
  let [head, tail, time] = [0, 0, 1]

  const bind = (node: number, way: number, bond: number): void => {
    const other = node + offsets[way]!
    left[node * 8 + way] = bond
    left[other * 8 + way + 1] = bond
  }
  const activate = (node: number): void => {
    if (queued[node]) return
    queued[node] = 1
    queue[tail] = node
    tail = tail === count ? 0 : tail + 1
  }
  for (let y = 0, cell = 0; y < down; y++)
    for (let x = 0; x < across; x++, cell++) {
      const node = (y + 1) * pitch + x + 1
      if (x < across - 1) bind(node, 0, bonds.right[cell]!)
      if (y < down - 1) {
        bind(node, 2, bonds.below[cell]!)
        if (x < across - 1) bind(node, 4, bonds.belowRight[cell]!)
        if (x > 0) bind(node, 6, bonds.belowLeft[cell]!)
      }
      const lean = leans[cell]!
      if (lean === 0) continue
      terminal[node] = lean
      tree[node] = lean > 0 ? INSIDE : OUTSIDE
      parent[node] = ROOT
      depth[node] = 1
      activate(node)
    }

  /** The steps from a node to its root; 0 where it hangs on an orphan. Marks the way as known. */
  const depthOf = (from: number): number => {
    let steps = 0
    let node = from
    for (;;) {
      if (stamp[node] === time) {
        steps += depth[node]!
        break
      }
      const way = parent[node]!
      steps++
      if (way === ROOT) {
        stamp[node] = time
        depth[node] = 1
        break
      }
      if (way === ORPHAN || way === NONE) return 0
      node += offsets[way]!
    }
    let at = steps
    for (node = from; stamp[node] !== time; node += offsets[parent[node]!]!) {
      stamp[node] = time
      depth[node] = at--
    }
    return steps
  }

  const orphan = (node: number): void => {
    parent[node] = ORPHAN
    orphans.push(node)
  }

  /** Pushes as much as goes over an arc from a node inside to one outside, and cuts off what is then full. */
  const augment = (inner: number, way: number): void => {
    const outer = inner + offsets[way]!
    let flow = left[inner * 8 + way]!
    let node = inner
    for (let up = parent[node]!; up !== ROOT; up = parent[node]!) {
      node += offsets[up]!
      flow = Math.min(flow, left[node * 8 + (up ^ 1)]!)
    }
    flow = Math.min(flow, terminal[node]!)
    node = outer
    for (let up = parent[node]!; up !== ROOT; up = parent[node]!) {
      flow = Math.min(flow, left[node * 8 + up]!)
      node += offsets[up]!
    }
    flow = Math.min(flow, -terminal[node]!)

    left[inner * 8 + way]! -= flow
    left[outer * 8 + (way ^ 1)]! += flow
    node = inner
    for (let up = parent[node]!; up !== ROOT;) {
      const above = node + offsets[up]!
      left[node * 8 + up]! += flow
      const rest = (left[above * 8 + (up ^ 1)]! -= flow)
      if (rest === 0) orphan(node)
      node = above
      up = parent[node]!
    }
    if ((terminal[node]! -= flow) === 0) orphan(node)
    node = outer
    for (let up = parent[node]!; up !== ROOT;) {
      const above = node + offsets[up]!
      left[above * 8 + (up ^ 1)]! += flow
      const rest = (left[node * 8 + up]! -= flow)
      if (rest === 0) orphan(node)
      node = above
      up = parent[node]!
    }
    if ((terminal[node]! += flow) === 0) orphan(node)
  }

  /** Finds each orphan the nearest new parent in its own tree, or sets it free and its children with it. */
  const adopt = (): void => {
    for (let node = orphans.pop(); node !== undefined; node = orphans.pop()) {
      const side = tree[node]!
      let best = NONE
      let least = 0x7fffffff
      for (let way = 0; way < 8; way++) {
        const other = node + offsets[way]!
        if (tree[other] !== side) continue
        const open = side === INSIDE ? left[other * 8 + (way ^ 1)]! : left[node * 8 + way]!
        if (open === 0) continue
        const steps = depthOf(other)
        if (steps === 0 || steps >= least) continue
        least = steps
        best = way
      }
      if (best !== NONE) {
        parent[node] = best
        stamp[node] = time
        depth[node] = least + 1
        continue
      }
      tree[node] = FREE
      parent[node] = NONE
      for (let way = 0; way < 8; way++) {
        const other = node + offsets[way]!
        if (tree[other] !== side) continue
        const open = side === INSIDE ? left[other * 8 + (way ^ 1)]! : left[node * 8 + way]!
        if (open > 0) activate(other)
        if (parent[other] === (way ^ 1)) orphan(other)
      }
    }
  }

  while (head !== tail) {
    const node = queue[head]!
    const side = tree[node]!
    let found = NONE
    for (let way = 0; side !== FREE && way < 8; way++) {
      const other = node + offsets[way]!
      const open = side === INSIDE ? left[node * 8 + way]! : left[other * 8 + (way ^ 1)]!
      if (open === 0) continue
      if (tree[other] === FREE) {
        tree[other] = side
        parent[other] = way ^ 1
        stamp[other] = stamp[node]!
        depth[other] = depth[node]! + 1
        activate(other)
      } else if (tree[other] !== side) {
        found = way
        break
      }
    }
    if (found === NONE) {
      queued[node] = 0
      head = head === count ? 0 : head + 1
      continue
    }
    time++
    if (side === INSIDE) augment(node, found)
    else augment(node + offsets[found]!, found ^ 1)
    adopt()
  }

  const inside = new Uint8Array(across * down)
  for (let y = 0, cell = 0; y < down; y++)
    for (let x = 0; x < across; x++, cell++) inside[cell] = tree[(y + 1) * pitch + x + 1] === INSIDE ? 1 : 0
  return inside
}
