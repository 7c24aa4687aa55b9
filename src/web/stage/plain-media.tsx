import { useFirstPlayable } from '../ui/use-first-playable.ts'
import { useObjectUrl } from '../ui/use-object-url.ts'
import type { Side } from './sides.ts'

/** Whether this page may decode clips by itself: browsers allow it to pages on https and on localhost. */
export const canDecodeClips = (): boolean => typeof VideoDecoder !== 'undefined'

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
  if (url === null) return <p className="p-4 text-center text-trouble">This browser cannot play {side.name}.</p>
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
