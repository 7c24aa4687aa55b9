import { firstFrame, frameCount } from '../frames.ts'
import type { SideInfo } from '../protocol.ts'
import { createProxyFiller, type ProxyFiller } from './fill-proxies.ts'
import { createFrameWindow, type FrameWindow } from './frame-window.ts'
import { createOnward } from './onward.ts'
import type { OpenSide } from './open-side.ts'
import { createProxyFrames, type ProxyFrames } from './proxy-frames.ts'
import { createQuickPicture } from './quick-picture.ts'

export type Clip = {
  name: 'clip'
  side: OpenSide
  window: FrameWindow
  /** Stand in for frames that are still to be decoded. */
  proxies: ProxyFrames
  filler: ProxyFiller
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

/**
 * Opens what a side is drawn from, with its share of the memory of so many sides. `isQuick` is `wantsPlanes` and
 * `arrived` the same of the side's window, `filled` is `done` of its filler.
 */
export const openSlot = (
  side: OpenSide,
  sides: number,
  { isQuick, filled, arrived }: { isQuick: () => boolean; filled: () => void; arrived: () => void },
): Slot => {
  const { info, pictures } = side
  if (pictures.kind === 'image') return { name: 'picture', side, bitmap: pictures.bitmap }
  const onward = () => {
    // As they come: the copies are made plain, which takes a tenth of the time.
    const decoder = pictures.decoder('measure')
    return createOnward<VideoFrame>(info.keyframes, { ...decoder, seek: (index) => decoder.seek(index, index) })
  }
  const proxies = createProxyFrames(firstFrame(info), frameCount(info), PROXIES_BUDGET / sides)
  const copy = (index: number, frame: VideoFrame) => void proxies.put(index, frame)
  return {
    name: 'clip',
    side,
    quick: createQuickPicture(),
    window: createFrameWindow(info, pictures.decoder('draw'), FRAMES_BUDGET / sides, isQuick, copy, arrived),
    proxies,
    filler: createProxyFiller(proxies, onward, filled),
  }
}

export const closeSlot = async (slot: Slot): Promise<void> => {
  if (slot.name === 'clip') await Promise.all([slot.window.close(), slot.filler.close()])
  if (slot.name !== 'none') slot.side.close()
}
