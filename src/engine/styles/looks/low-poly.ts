import { skin } from '../../kernels/chroma-luma.ts'
import { edges } from '../../kernels/edges.ts'
import { createTriangles } from '../../kernels/facets.ts'
import { halve } from '../../kernels/resize.ts'
import { applyChroma, curveThrough } from '../../kernels/tone.ts'
import type { Planes } from '../../kernels/planes.ts'
import { exposed } from '../exposure.ts'
import { steady } from '../passes.ts'
import type { Look, LookContext } from '../look-context.ts'
import { CUTS, type Mesh, meshOf } from './mesh.ts'

/** Spread of luma (levels squared) above which a triangle is cut, by its level, and the share of it below which not. */
const CUT = [70, 110, 190] as const
const WHOLE = 0.6
/** By how much sooner skin is cut, whose features are faint and small, and how much less its facets differ in light. */
const FINER = 0.75
const EVEN = 0.5
/** How much of the way to an edge a corner goes in a frame. */
const FOLLOW = 0.25
/** A gradient this strong (squared, see edges) draws a corner half of the way. */
const FAINT = 900

/** Moves a mesh's corners onto the edges of a picture, from frame to frame. The picture is a quarter of the size. */
const createSnap = (mesh: Mesh, across: number, down: number) => {
  const { x, y, parents, corners, side } = mesh
  const firstX = x.slice(0, corners[1])
  const firstY = y.slice(0, corners[1])
  const offX = new Float32Array(x.length)
  const offY = new Float32Array(x.length)
  return (gradient: Uint8Array, isFirst: boolean): void => {
    for (let level = 0; level <= CUTS; level++) {
      const spacing = side / 2 ** level / 4
      const reach = Math.min(6, Math.floor(spacing * 0.42))
      for (let corner = corners[level] ?? 0; corner < (corners[level + 1] ?? 0); corner++) {
        const [a, b] = [parents[corner * 2] ?? 0, parents[corner * 2 + 1] ?? 0]
        const baseX = level === 0 ? (firstX[corner] ?? 0) : ((x[a] ?? 0) + (x[b] ?? 0)) / 2
        const baseY = level === 0 ? (firstY[corner] ?? 0) : ((y[a] ?? 0) + (y[b] ?? 0)) / 2
        const column = Math.round(baseX / 4)
        const row = Math.round(baseY / 4)
        if (reach > 0 && column >= reach && row >= reach && column + reach < across && row + reach < down) {
          let sum = FAINT
          let towardsX = 0
          let towardsY = 0
          for (let dy = -reach; dy <= reach; dy++)
            for (let dx = -reach; dx <= reach; dx++) {
              const steep = gradient[(row + dy) * across + column + dx] ?? 0
              const weight = steep * steep
              sum += weight
              towardsX += weight * dx
              towardsY += weight * dy
            }
          const part = isFirst ? 1 : FOLLOW
          // The middle of a line's weight is short of the line itself.
          offX[corner] = (offX[corner] ?? 0) + ((6 * towardsX) / sum - (offX[corner] ?? 0)) * part
          offY[corner] = (offY[corner] ?? 0) + ((6 * towardsY) / sum - (offY[corner] ?? 0)) * part
        }
        const most = spacing * 4 * 0.4
        x[corner] = baseX + Math.max(-most, Math.min(most, offX[corner] ?? 0))
        y[corner] = baseY + Math.max(-most, Math.min(most, offY[corner] ?? 0))
      }
    }
  }
}

/** Sums of luma, its squares and chroma over the smallest triangles within each, each of them sampled at its middle. */
const createMeasure = (context: LookContext, mesh: Mesh) => {
  const { chromaWidth, chromaHeight, shift } = context
  const { x, y, nodes, levels } = mesh
  const count = levels[CUTS + 1] ?? 0
  const sums = { y: new Float32Array(count), squares: new Float32Array(count) }
  const chroma = { u: new Float32Array(count), v: new Float32Array(count) }
  const within = (value: number, end: number): number => (value < 0 ? 0 : value >= end ? end - 1 : value | 0)
  return {
    sums,
    chroma,
    measure: (quarter: Uint8Array, across: number, down: number, { u, v }: Planes): void => {
      for (let node = levels[CUTS] ?? 0; node < count; node++) {
        const [a, b, c] = [nodes[node * 3] ?? 0, nodes[node * 3 + 1] ?? 0, nodes[node * 3 + 2] ?? 0]
        const middleX = ((x[a] ?? 0) + (x[b] ?? 0) + (x[c] ?? 0)) / 3
        const middleY = ((y[a] ?? 0) + (y[b] ?? 0) + (y[c] ?? 0)) / 3
        const luma = quarter[within(middleY / 4, down) * across + within(middleX / 4, across)] ?? 0
        const at =
          within(middleY / (1 << shift), chromaHeight) * chromaWidth + within(middleX / (1 << shift), chromaWidth)
        sums.y[node] = luma
        sums.squares[node] = luma * luma
        chroma.u[node] = u[at] ?? 128
        chroma.v[node] = v[at] ?? 128
      }
      for (const plane of [sums.y, sums.squares, chroma.u, chroma.v])
        for (let level = CUTS - 1; level >= 0; level--) {
          let child = levels[level + 1] ?? 0
          for (let node = levels[level] ?? 0; node < (levels[level + 1] ?? 0); node++, child += 4)
            plane[node] =
              ((plane[child] ?? 0) + (plane[child + 1] ?? 0) + (plane[child + 2] ?? 0) + (plane[child + 3] ?? 0)) / 4
        }
    },
  }
}

type Measure = ReturnType<typeof createMeasure>

/**
 * Which triangles are shown, from what each is cut into. One that is cut shows through only where a neighbour is whole:
 * there the corner between two of its parts may lie inside of it, off the neighbour's straight side.
 */
const createShown = ({ corners, nodes, levels }: Mesh) => {
  const cut = new Uint8Array(corners[CUTS + 1] ?? 0)
  /** The corners halfway along the sides of a triangle are those of its fourth part. */
  const middlesOf = (node: number, level: number): number =>
    3 * ((levels[level + 1] ?? 0) + (node - (levels[level] ?? 0)) * 4 + 3)
  return {
    clear: () => cut.fill(0),
    cutUp: (node: number, level: number): void => {
      const at = middlesOf(node, level)
      for (let side = at; side < at + 3; side++) cut[nodes[side] ?? 0]!++
    },
    isCovered: (node: number, level: number): boolean => {
      const at = middlesOf(node, level)
      return cut[nodes[at] ?? 0] === 2 && cut[nodes[at + 1] ?? 0] === 2 && cut[nodes[at + 2] ?? 0] === 2
    },
  }
}

/** Gathers triangles, each in the colour of its middle and lit by a slant of its own, and fills them in the end. */
const createFacets = (context: LookContext, { x, y, nodes, levels }: Mesh, { sums, chroma }: Measure) => {
  const random = context.random('slant')
  const slant = Float32Array.from({ length: levels[CUTS + 1] ?? 0 }, () => random() - 0.5)
  const contrast = curveThrough([0, 8], [70, 62], [170, 190], [255, 252])
  const list = createTriangles(slant.length)
  const skinOf = (node: number): number =>
    (skin[((chroma.u[node] ?? 128) >> 1) * 128 + ((chroma.v[node] ?? 128) >> 1)] ?? 0) / 255
  return {
    list,
    skinOf,
    add: (node: number): void => {
      const mean = sums.y[node] ?? 0
      const lit = mean + (slant[node] ?? 0) * (12 + mean * 0.08) * (1 - EVEN * skinOf(node))
      const [a, b, c] = [nodes[node * 3] ?? 0, nodes[node * 3 + 1] ?? 0, nodes[node * 3 + 2] ?? 0]
      list.add(
        x[a] ?? 0,
        y[a] ?? 0,
        x[b] ?? 0,
        y[b] ?? 0,
        x[c] ?? 0,
        y[c] ?? 0,
        contrast[Math.min(255, Math.max(0, Math.round(lit)))] ?? 0,
        chroma.u[node] ?? 128,
        chroma.v[node] ?? 128,
      )
    },
  }
}

/** Which triangles are cut, level by level: the parts of what is whole are whole. */
const createParting = ({ levels }: Mesh) => {
  const parted = new Uint8Array(levels[CUTS + 1] ?? 0)
  return {
    parted,
    /** The triangles of a level that those of the level above are cut into. */
    each: (level: number, visit: (node: number) => void): void => {
      const first = levels[level] ?? 0
      if (level === 0) for (let node = first; node < (levels[1] ?? 0); node++) visit(node)
      else
        for (let parent = levels[level - 1] ?? 0, node = first; parent < first; parent++, node += 4) {
          if (parted[parent]) for (let part = node; part < node + 4; part++) visit(part)
          else parted[node] = parted[node + 1] = parted[node + 2] = parted[node + 3] = 0
        }
    },
  }
}

/**
 * Facets of one colour each, small where the picture has details and large where it has none, each catching the light at
 * its own slant. Corners lie on the edges of what is there and follow them slowly, and a triangle is cut or made whole
 * with some play: nothing crawls.
 */
export const lowPoly: Look = (context) => {
  const { width, height } = context
  const mesh = meshOf(context)
  const half = new Uint8Array(((width + 1) >> 1) * ((height + 1) >> 1))
  const across = (width + 3) >> 2
  const down = (height + 3) >> 2
  const quarter = new Uint8Array(across * down)
  const gradient = new Uint8Array(across * down)
  const snap = createSnap(mesh, across, down)
  const measured = createMeasure(context, mesh)
  const { measure, sums } = measured
  const { list, skinOf, add } = createFacets(context, mesh, measured)
  const { parted, each } = createParting(mesh)
  const shown = createShown(mesh)
  return [
    steady(context, 14),
    exposed(120, 1.4),
    (planes, _, index) => {
      halve(planes.y, width, height, half)
      halve(half, (width + 1) >> 1, (height + 1) >> 1, quarter)
      edges(quarter, across, down, gradient)
      snap(gradient, index === 0)
      measure(quarter, across, down, planes)
      list.clear()
      shown.clear()
      for (let level = 0; level <= CUTS; level++)
        each(level, (node) => {
          const mean = sums.y[node] ?? 0
          const unlike = (sums.squares[node] ?? 0) - mean * mean
          const least = (CUT[level] ?? Infinity) * (parted[node] ? WHOLE : 1) * (1 - FINER * skinOf(node))
          parted[node] = unlike > least ? 1 : 0
          if (parted[node]) shown.cutUp(node, level)
        })
      // Large ones first: where the corner of a small one was moved, the large one shows and not a hole.
      for (let level = 0; level <= CUTS; level++)
        each(level, (node) => {
          if (!(parted[node] && shown.isCovered(node, level))) add(node)
        })
      list.fill(planes)
      applyChroma(planes, { saturation: 1.35 })
    },
  ]
}
