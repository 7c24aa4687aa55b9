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
 * A grid of nodes with a rim around it that has no bonds: it spares looking for edges. Of each node how much still goes over
 * its eight arcs, and over that to its terminal (above 0 the one of the inside).
 */
const createGraph = (across: number, down: number, leans: Int32Array, bonds: Bonds) => {
  const pitch = across + 2
  const count = pitch * (down + 2)
  // Each way beside the way back: along, down and both diagonals.
  const offsets = Int32Array.of(1, -1, pitch, -pitch, pitch + 1, -pitch - 1, pitch - 1, -pitch + 1)
  const left = new Int32Array(count * 8)
  const terminal = new Int32Array(count)
  const bind = (node: number, way: number, bond: number): void => {
    const other = node + offsets[way]!
    left[node * 8 + way] = bond
    left[other * 8 + way + 1] = bond
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
      terminal[node] = leans[cell]!
    }
  return { pitch, count, offsets, left, terminal }
}
type Graph = ReturnType<typeof createGraph>

/** Nodes that may still grow, each once, in the order in which they came. */
const createQueue = (count: number) => {
  const queue = new Int32Array(count + 1)
  const queued = new Uint8Array(count)
  let [head, tail] = [0, 0]
  return {
    add: (node: number): void => {
      if (queued[node]) return
      queued[node] = 1
      queue[tail] = node
      tail = tail === count ? 0 : tail + 1
    },
    /** The first, which stays; undefined where there is none. */
    first: (): number | undefined => (head === tail ? undefined : queue[head]),
    /** Takes the first away. */
    next: (): void => {
      queued[queue[head]!] = 0
      head = head === count ? 0 : head + 1
    },
  }
}
type Queue = ReturnType<typeof createQueue>

/** How many steps nodes are from the root of their tree, by the arcs to their parents. */
const createDepths = ({ count, offsets }: Graph, parent: Int8Array) => {
  const depth = new Int32Array(count)
  const stamp = new Int32Array(count)
  let time = 1
  return {
    /** What was known of the ways to the roots may no longer be true. */
    forget: (): void => {
      time++
    },
    /** Says that a node hangs on the terminal. */
    plant: (node: number): void => {
      depth[node] = 1
    },
    know: (node: number, steps: number): void => {
      stamp[node] = time
      depth[node] = steps
    },
    /** Sets what is known of a node by its parent, which may be long ago. */
    follow: (node: number, above: number): void => {
      stamp[node] = stamp[above]!
      depth[node] = depth[above]! + 1
    },
    /** The steps from a node to its root; 0 where it hangs on an orphan. Marks the way as known. */
    of: (from: number): number => {
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
    },
  }
}

/** Two trees that grow from the terminals, and the nodes that have lost their way to one. */
const createTrees = (graph: Graph, active: Queue) => {
  const { count, terminal } = graph
  const tree = new Uint8Array(count)
  const parent = new Int8Array(count).fill(NONE)
  const depths = createDepths(graph, parent)
  const orphans: number[] = []
  // Nodes of the rim lean to neither side.
  for (let node = 0; node < count; node++) {
    const lean = terminal[node]!
    if (lean === 0) continue
    tree[node] = lean > 0 ? INSIDE : OUTSIDE
    parent[node] = ROOT
    depths.plant(node)
    active.add(node)
  }
  const orphan = (node: number): void => {
    parent[node] = ORPHAN
    orphans.push(node)
  }
  return { tree, parent, depths, orphans, orphan }
}
type Trees = ReturnType<typeof createTrees>

/** Pushes as much as goes over an arc from a node inside to one outside, and cuts off what is then full. */
const createAugment = ({ offsets, left, terminal }: Graph, { parent, orphan }: Trees) => {
  return (inner: number, way: number): void => {
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
}

/** Finds each orphan the nearest new parent in its own tree, or sets it free and its children with it. */
const createAdoption = ({ offsets, left }: Graph, trees: Trees, active: Queue) => {
  const { tree, parent, depths, orphans, orphan } = trees
  return (): void => {
    for (let node = orphans.pop(); node !== undefined; node = orphans.pop()) {
      const side = tree[node]!
      let best = NONE
      let least = 0x7fffffff
      for (let way = 0; way < 8; way++) {
        const other = node + offsets[way]!
        if (tree[other] !== side) continue
        const open = side === INSIDE ? left[other * 8 + (way ^ 1)]! : left[node * 8 + way]!
        if (open === 0) continue
        const steps = depths.of(other)
        if (steps === 0 || steps >= least) continue
        least = steps
        best = way
      }
      if (best !== NONE) {
        parent[node] = best
        depths.know(node, least + 1)
        continue
      }
      tree[node] = FREE
      parent[node] = NONE
      for (let way = 0; way < 8; way++) {
        const other = node + offsets[way]!
        if (tree[other] !== side) continue
        const open = side === INSIDE ? left[other * 8 + (way ^ 1)]! : left[node * 8 + way]!
        if (open > 0) active.add(other)
        if (parent[other] === (way ^ 1)) orphan(other)
      }
    }
  }
}

/** Takes what is free around a node into its tree, until it meets the other: answers the way there, or NONE. */
const createGrowth = ({ offsets, left }: Graph, { tree, parent, depths }: Trees, active: Queue) => {
  return (node: number, side: number): number => {
    for (let way = 0; side !== FREE && way < 8; way++) {
      const other = node + offsets[way]!
      const open = side === INSIDE ? left[node * 8 + way]! : left[other * 8 + (way ^ 1)]!
      if (open === 0) continue
      if (tree[other] === FREE) {
        tree[other] = side
        parent[other] = way ^ 1
        depths.follow(other, node)
        active.add(other)
      } else if (tree[other] !== side) return way
    }
    return NONE
  }
}

/**
 * Parts a grid in two so that the sum of what is given up is least: for each cell `leans` (whole numbers: above 0 what it
 * costs to leave it outside, below 0 to take it in), for each two neighbours of different sides their bond. A minimum cut
 * by augmenting paths between two search trees (Boykov and Kolmogorov, 2004). Answers 1 for each cell inside.
 */
export const cutGrid = (across: number, down: number, leans: Int32Array, bonds: Bonds): Uint8Array => {
  const graph = createGraph(across, down, leans, bonds)
  const { pitch, offsets } = graph
  const active = createQueue(graph.count)
  const trees = createTrees(graph, active)
  const { tree } = trees
  const grow = createGrowth(graph, trees, active)
  const augment = createAugment(graph, trees)
  const adoptOrphans = createAdoption(graph, trees, active)
  for (let node = active.first(); node !== undefined; node = active.first()) {
    const side = tree[node]!
    const way = grow(node, side)
    if (way === NONE) {
      active.next()
      continue
    }
    trees.depths.forget()
    if (side === INSIDE) augment(node, way)
    else augment(node + offsets[way]!, way ^ 1)
    adoptOrphans()
  }
  const inside = new Uint8Array(across * down)
  for (let y = 0, cell = 0; y < down; y++)
    for (let x = 0; x < across; x++, cell++) inside[cell] = tree[(y + 1) * pitch + x + 1] === INSIDE ? 1 : 0
  return inside
}
