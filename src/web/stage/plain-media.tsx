import { useFirstPlayable } from '../ui/use-first-playable.ts'
import { useObjectUrl } from '../ui/use-object-url.ts'
import type { Side } from './sides.ts'

/** What nearly all clips are in. */
const H264 = { codec: 'avc1.64001f', codedWidth: 1280, codedHeight: 720 }

let hasH264 = true

/** Asks the browser what it decodes, once, before the first clip is shown. */
export const askDecoder = async (): Promise<void> => {
  if (typeof VideoDecoder === 'undefined') return
  const { supported } = await VideoDecoder.isConfigSupported(H264)
  hasH264 = supported === true
}

/** Why this page cannot decode clips by itself, as a sentence; null where it can. */
export const whyPlain = (): string | null => {
  if (typeof VideoDecoder === 'undefined')
    return 'Comparing frame by frame needs WebCodecs, which browsers give to pages on https and on localhost alone.'
  if (hasH264) return null
  return 'This browser has no decoder for H.264. Firefox on Linux takes it from FFmpeg: install libavcodec, or use another browser.'
}

/** Whether this page can decode clips by itself. */
export const canDecodeClips = (): boolean => whyPlain() === null

/** A side as the browser shows it: its own player, or the picture. */
export const PlainMedia = ({ side }: { side: Side }) => {
  const { media, preview } = side.source
  const blobUrl = useObjectUrl(media.kind === 'blob' ? media.blob : undefined)
  const first = media.kind === 'url' ? media.url : blobUrl
  const { url, watch } = useFirstPlayable([
    ...(first === undefined ? [] : [first]),
    ...(preview?.kind === 'url' ? [preview.url] : []),
  ])
  if (first === undefined) return null
  if (side.kind === 'image') return <img src={first} alt={side.name} className="size-full object-contain" />
  if (url === null)
    return (
      <p className="flex size-full items-center justify-center p-4 text-center text-trouble">
        This browser cannot play {side.name}.
      </p>
    )
  return (
    <video
      key={url}
      src={url}
      aria-label={side.name}
      controls
      playsInline
      {...watch}
      className="size-full object-contain"
    />
  )
}
