import { useCallback, useLayoutEffect, useState } from 'react'
import { releaseVideo } from '../ui/release-video.ts'
import type { Side } from './side.ts'
import type { Transport } from './transport.ts'

/** A picture, or a clip under the transport. Falls back to a still where the browser cannot decode the clip. */
export const MediaView = ({
  side,
  transport,
  part,
}: {
  side: Side
  transport: Transport
  part: 'leader' | 'follower'
}) => {
  const [video, setVideo] = useState<HTMLVideoElement | null>(null)
  const [undecodable, setUndecodable] = useState(false)
  const playable = side.kind === 'video' && !undecodable
  const hold = useCallback((element: HTMLVideoElement) => {
    const release = releaseVideo(element)
    setVideo(element)
    return () => {
      setVideo(null)
      release()
    }
  }, [])
  // Before the element leaves the page, which pauses it: what takes its place goes on as it was.
  useLayoutEffect(() => (video ? transport.attach(part, video) : undefined), [transport, part, video])
  if (!playable)
    return (
      <>
        <img
          src={undecodable ? side.stillUrl : side.url}
          alt={side.label}
          draggable={false}
          onError={() => setUndecodable(true)}
          className="absolute inset-0 size-full object-contain"
        />
        {undecodable && (
          <p className="absolute inset-x-2 bottom-2 text-center text-xs text-white">
            <span className="rounded bg-black/70 px-2 py-1">This browser cannot show it: a still stands in.</span>
          </p>
        )}
      </>
    )
  return (
    <video
      ref={hold}
      src={side.url}
      aria-label={side.label}
      muted
      playsInline
      preload="auto"
      onError={() => setUndecodable(true)}
      className="absolute inset-0 size-full object-contain"
    />
  )
}
