import { firstFrame, frameCount } from '../frames.ts'
import type { SideInfo } from '../protocol.ts'
import { type ClipProxies, createClipProxies } from './clip-proxies.ts'
import { createProxyFiller } from './fill-proxies.ts'
import { createFrameWindow, type FrameWindow } from './frame-window.ts'
import type { ClipDecoder, Purpose } from './clip-decoder.ts'
import { createOnward } from './onward.ts'
import type { OpenSide } from './open-side.ts'
import { openProxyFile } from './proxy-file.ts'
import { createProxyFrames } from './proxy-frames.ts'
import { createQuickPicture } from './quick-picture.ts'

export type Clip = {
  name: 'clip'
  side: OpenSide
  window: FrameWindow
  /** Stand in for frames that are still to be decoded. */
  proxies: ClipProxies
  quick: ReturnType<typeof createQuickPicture>
}
type Picture = { name: 'picture'; side: OpenSide; bitmap: ImageBitmap }
/** What is open of a side. */
export type Slot = { name: 'none' } | Clip | Picture

export const infoOf = (slot: Slot | undefined): SideInfo | undefined =>
  !slot || slot.name === 'none' ? undefined : slot.side.info

/** Decoded frames of all sides that may be held together. Bytes. */
const FRAMES_BUDGET = 256 * 1024 ** 2

/** Small copies of the frames of all sides, which are shown at once after a seek. Bytes. */
const PROXIES_BUDGET = 48 * 1024 ** 2

type Asks = { isQuick: () => boolean; filled: () => void; arrived: () => void }

const openProxies = (
  info: SideInfo,
  decoderOf: (purpose: Purpose) => ClipDecoder,
  budget: number,
  proxy: string | null,
  { filled, arrived }: Asks,
): ClipProxies => {
  const onward = () => {
    // As they come: the copies are made plain, which takes a tenth of the time.
    const decoder = decoderOf('measure')
    return createOnward<VideoFrame>(info.keyframes, { ...decoder, seek: (index) => decoder.seek(index, index) })
  }
  const makeCopies = () => {
    const frames = createProxyFrames(firstFrame(info), frameCount(info), budget)
    return { frames, filler: createProxyFiller(frames, onward, filled) }
  }
  // A stand-in for what cannot be shown has other frames, perhaps, and is quickly decoded itself.
  const hasFile = proxy !== null && !info.isPreview
  const openFile = hasFile ? (signal: AbortSignal) => openProxyFile(proxy, info, arrived, signal) : null
  return createClipProxies(openFile, makeCopies, () => {
    arrived()
    filled()
  })
}

/**
 * Opens what a side is drawn from, with its share of the memory of so many sides. `proxy` is where its proxy is fetched
 * from; null where it has none. `isQuick` is `wantsPlanes` and `arrived` the same of the side's window; `filled` is
 * called when others may make copies.
 */
export const openSlot = (side: OpenSide, sides: number, proxy: string | null, asks: Asks): Slot => {
  const { info, pictures } = side
  if (pictures.kind === 'image') return { name: 'picture', side, bitmap: pictures.bitmap }
  const { isQuick, arrived } = asks
  const proxies = openProxies(info, pictures.decoder, PROXIES_BUDGET / sides, proxy, asks)
  return {
    name: 'clip',
    side,
    quick: createQuickPicture(),
    window: createFrameWindow(info, pictures.decoder('draw'), FRAMES_BUDGET / sides, {
      wantsPlanes: isQuick,
      passed: proxies.put,
      arrived,
    }),
    proxies,
  }
}

export const closeSlot = async (slot: Slot): Promise<void> => {
  if (slot.name === 'clip') await Promise.all([slot.window.close(), slot.proxies.close()])
  if (slot.name !== 'none') slot.side.close()
}
