import { type Ref, useState } from 'react'
import { useSprite } from './sprites.ts'

/** Milliseconds in which a sprite shows all its moments: the duration of the animation `sprite`. */
const ROUND = 2000

/**
 * Moments of a clip side by side in one picture, of which one shows at a time: it moves without a decoder. Nothing until
 * the picture is here. All sprites of the page are in step.
 */
export const Sprite = ({ url, frames, ref }: { url: string; frames: number; ref?: Ref<HTMLImageElement> }) => {
  const loaded = useSprite(url)
  return loaded === null ? null : <Strip url={loaded} frames={frames} {...(ref !== undefined && { ref })} />
}

const Strip = ({ url, frames, ref }: { url: string; frames: number; ref?: Ref<HTMLImageElement> }) => {
  const [since] = useState(() => Math.round(performance.now() % ROUND))
  return (
    <img
      ref={ref}
      src={url}
      alt=""
      draggable={false}
      className="sprite absolute inset-y-0 left-0 h-full max-w-none"
      style={{
        width: `${frames * 100}%`,
        animationTimingFunction: `steps(${frames}, end)`,
        animationDelay: `${-since}ms`,
      }}
    />
  )
}
