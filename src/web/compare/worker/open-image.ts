import { isCmykJpeg } from '../cmyk-jpeg.ts'
import type { Media, Note } from '../protocol.ts'
import { CannotShow } from './cannot-show.ts'
import type { OpenSide } from './open-side.ts'

const bytesOf = async (media: Media): Promise<Blob> => {
  if (media.kind === 'blob') return media.blob
  const response = await fetch(media.url).catch(() => {
    throw new CannotShow('It could not be fetched: the server does not answer.')
  })
  if (!response.ok) throw new CannotShow(`It could not be fetched: the server answered ${response.status}.`)
  return response.blob()
}

/** How many pictures an animated one has, as GIF, APNG, WebP and AVIF may; 1 for one that stands still. */
const countPictures = async (blob: Blob): Promise<number> => {
  if (typeof ImageDecoder === 'undefined' || !(await ImageDecoder.isTypeSupported(blob.type))) return 1
  const decoder = new ImageDecoder({ data: blob.stream(), type: blob.type })
  // It rejects for being closed before all of the picture was read, which is meant.
  decoder.completed.catch(() => undefined)
  try {
    await decoder.tracks.ready
    const track = decoder.tracks.selectedTrack
    return track?.animated ? Math.max(2, track.frameCount) : 1
  } finally {
    decoder.close()
  }
}

/** Types of which a picture may be transparent. */
const MAY_BE_CLEAR = /^image\/(png|webp|avif|gif)$/

/** On white, as the engine lays it, so that it can be compared with what is made of it. */
const onWhite = (bitmap: ImageBitmap): ImageBitmap => {
  const { width, height } = bitmap
  const context = new OffscreenCanvas(width, height).getContext('2d')
  if (!context) return bitmap
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.drawImage(bitmap, 0, 0)
  bitmap.close()
  return context.canvas.transferToImageBitmap()
}

/**
 * Opens a picture.
 * @throws CannotShow where it cannot be shown, or, with a stand-in, not as it is
 */
export const openImage = async (media: Media, hasStandIn: boolean): Promise<OpenSide> => {
  const blob = await bytesOf(media)
  const notes: Note[] = []
  const count = await countPictures(blob).catch(() => 1)
  if (count > 1 && (hasStandIn || blob.type === 'image/gif'))
    throw new CannotShow(
      'It is an animated picture, which cannot be taken apart into frames here: make it a clip first.',
    )
  if (count > 1)
    notes.push({
      word: 'animation',
      sentence: `It is an animation of ${count} pictures, of which the first is used and shown.`,
    })
  if (await isCmykJpeg(blob)) {
    const sentence = 'It is made for print (CMYK), which browsers show in other colours than its profile says.'
    if (hasStandIn) throw new CannotShow(sentence)
    notes.push({ word: 'CMYK', sentence })
  }
  const decoded = await createImageBitmap(blob).catch(() => {
    throw new CannotShow('It is neither a picture nor a clip that this browser can read.')
  })
  const bitmap = MAY_BE_CLEAR.test(blob.type) ? onWhite(decoded) : decoded
  const { width, height } = bitmap
  return {
    info: {
      kind: 'image',
      width,
      height,
      starts: Float64Array.of(0),
      keyframes: Uint32Array.of(0),
      end: Infinity,
      origin: 0,
      hasAudio: false,
      codec: /^image\/(.+)$/.exec(blob.type)?.[1]?.toUpperCase() ?? 'picture',
      isPreview: false,
      notes,
    },
    rotation: 0,
    pictures: { kind: 'image', bitmap },
    close: () => bitmap.close(),
  }
}
