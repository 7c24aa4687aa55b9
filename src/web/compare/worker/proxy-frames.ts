import { makePlain } from './plain-frame.ts'
import { planProxies, proxyBytes, type ProxyPlan } from './proxy-plan.ts'
import { shrinkPlane } from './shrink-plane.ts'

/** Small copies of a clip's frames, each of the very frame that it stands in for, as their planes. */
export type ProxyFrames = {
  has: (index: number) => boolean
  /** The copy, to be closed by the caller. */
  get: (index: number) => VideoFrame | undefined
  /** Keeps a copy of a frame, which stays the caller's, if one is wanted and can be had. */
  put: (index: number, frame: VideoFrame) => Promise<void>
  /** The first frame from `from` on that has no copy and should; undefined where there is none. */
  missing: (from: number) => number | undefined
}

type Copy = { data: Uint8Array<ArrayBuffer>; colorSpace: VideoColorSpaceInit }

/**
 * `first` and `count` are the clip's frames that are ever seen; `budget` is how many bytes their copies may take. Frames
 * that are not eight bits a value in a quarter of the colours (I420, NV12) have none.
 */
export const createProxyFrames = (first: number, count: number, budget: number): ProxyFrames => {
  const copies = new Map<number, Copy>()
  /** By the size of the first frame that comes; `none` where there are no copies of such frames. */
  let plan: ProxyPlan | 'none' | undefined
  let freeBuffer: Uint8Array<ArrayBuffer> | undefined

  const isWanted = (index: number): boolean =>
    plan !== 'none' && index >= first && (index - first) % (plan?.step ?? 1) === 0 && !copies.has(index)

  const copyOf = async (frame: VideoFrame, size: ProxyPlan): Promise<Copy> => {
    const needed = frame.allocationSize()
    const planes = freeBuffer?.length === needed ? freeBuffer : new Uint8Array(needed)
    // Another copy may be made meanwhile.
    freeBuffer = undefined
    const { codedWidth, codedHeight, visibleRect } = frame
    const { colorSpace } = frame
    // From here on the frame may be closed.
    const [y, u, v] = await frame.copyTo(planes)
    if (!y || !u) throw new Error('the frame has no planes')
    const { width, height } = visibleRect ?? { width: codedWidth, height: codedHeight }
    const halved = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) }
    const half = { width: size.width / 2, height: size.height / 2 }
    const data = new Uint8Array(proxyBytes(size))
    const luma = size.width * size.height
    const step = v ? 1 : 2
    const blueRed = v ?? { offset: u.offset + 1, stride: u.stride }
    shrinkPlane({ data: planes, ...y, step: 1 }, { width, height }, data, 0, size)
    shrinkPlane({ data: planes, ...u, step }, halved, data, luma, half)
    shrinkPlane({ data: planes, ...blueRed, step }, halved, data, luma + luma / 4, half)
    freeBuffer = planes
    return { data, colorSpace: makePlain(data, luma, colorSpace) }
  }

  return {
    has: (index) => copies.has(index),
    get: (index) => {
      const copy = copies.get(index)
      if (!copy || !plan || plan === 'none') return undefined
      const { data, colorSpace } = copy
      const { width, height } = plan
      return new VideoFrame(data, { format: 'I420', codedWidth: width, codedHeight: height, timestamp: 0, colorSpace })
    },
    put: async (index, frame) => {
      const { format, visibleRect } = frame
      if ((format !== 'I420' && format !== 'NV12') || !visibleRect) plan = 'none'
      else plan ??= planProxies(visibleRect, count, budget)
      if (plan === 'none' || !isWanted(index)) return
      const size = plan
      // A frame that cannot be copied has none: the whole one comes all the same.
      const copy = await copyOf(frame, size).catch(() => undefined)
      if (copy) copies.set(index, copy)
      else plan = 'none'
    },
    missing: (from) => {
      if (plan === 'none') return undefined
      for (let index = Math.max(first, from); index < first + count; index++) if (isWanted(index)) return index
      return undefined
    },
  }
}
