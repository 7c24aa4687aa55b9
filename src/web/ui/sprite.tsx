import type { AnimationEvent, Ref } from 'react'
import { useSprite } from './sprites.ts'

/**
 * Counts the time of one that begins to move from the page's beginning, as that of all others: clips of a batch are seen
 * in step, and the screen is drawn for all of them at once, twelve times a second.
 */
const synchronise = ({ currentTarget }: AnimationEvent<HTMLElement>) => {
  for (const animation of currentTarget.getAnimations()) animation.startTime = 0
}

/**
 * Moments of a clip side by side in one picture, of which one shows at a time: it moves without a decoder. Nothing until
 * the picture is here.
 */
export const Sprite = ({ url, frames, ref }: { url: string; frames: number; ref?: Ref<HTMLImageElement> }) => {
  const loaded = useSprite(url)
  if (loaded === null) return null
  return (
    <img
      ref={ref}
      src={loaded}
      alt=""
      draggable={false}
      onAnimationStart={synchronise}
      className="sprite absolute inset-y-0 left-0 h-full max-w-none"
      style={{ width: `${frames * 100}%`, animationTimingFunction: `steps(${frames}, end)` }}
    />
  )
}
