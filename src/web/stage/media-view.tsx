import { useCallback, useLayoutEffect, useState } from 'react'
import { releaseVideo } from '../ui/release-video.ts'
import { useFirstPlayable } from '../ui/use-first-playable.ts'
import type { Side } from './side.ts'
import type { Transport } from './transport.ts'

/** A picture, or a clip under the transport. Falls back to a still where the browser cannot decode the clip. */
export const MediaView = ({
  side,
  transport,
  part,
  onClick,
}: {
  side: Side
  transport: Transport
  part: 'leader' | 'follower'
  onClick?: (() => void) | undefined
}) => {
  const [video, setVideo] = useState<HTMLVideoElement | null>(null)
  const { url, tried, watch } = useFirstPlayable(side.urls)
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
  const standIn = url === null ? 'a still' : tried > 0 ? 'a preview' : null
  const note = standIn !== null && (
    <p className="absolute inset-x-2 bottom-2 text-center text-xs text-white">
      <span className="rounded bg-black/70 px-2 py-1">This browser cannot show it as it is: {standIn} stands in.</span>
    </p>
  )
  if (side.kind === 'image' || url === null)
    return (
      <>
        {/* By the keyboard it is Space that plays and pauses. */}
        {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions */}
        <img
          src={url ?? side.stillUrl}
          alt={side.label}
          draggable={false}
          onClick={onClick}
          onError={watch.onError}
          className="absolute inset-0 size-full object-contain"
        />
        {note}
      </>
    )
  return (
    <>
      <video
        ref={hold}
        key={url}
        src={url}
        aria-label={side.label}
        muted
        playsInline
        preload="auto"
        onClick={onClick}
        {...watch}
        className="absolute inset-0 size-full object-contain"
      />
      {note}
    </>
  )
}
