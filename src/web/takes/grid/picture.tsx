import { CircleSlash, TriangleAlert } from 'lucide-react'
import { useRef } from 'react'
import { SPRITE_FRAMES } from '../../../shared/library.ts'
import { routes } from '../../../shared/routes.ts'
import { useFirstLookOver } from '../../data/first-look.ts'
import type { Take } from '../../data/take.ts'
import { Sprite } from '../../ui/sprite.tsx'
import { jobIdOf } from './cards.ts'

const still = 'absolute inset-0 size-full object-cover'

/** A clip that moves where it is seen: its moments side by side, of which one shows at a time. The pointer leafs through. */
const Moving = ({ jobId }: { jobId: string }) => {
  const strip = useRef<HTMLImageElement>(null)
  // The stills come first.
  const moves = useFirstLookOver()
  const scrub = (share: number | null) => {
    const { current } = strip
    if (!current) return
    const frame = Math.min(SPRITE_FRAMES - 1, Math.max(0, Math.floor((share ?? 0) * SPRITE_FRAMES)))
    current.style.animationName = share === null ? '' : 'none'
    current.style.transform = share === null ? '' : `translateX(${(-frame * 100) / SPRITE_FRAMES}%)`
    current.toggleAttribute('data-scrubbed', share !== null)
  }
  return (
    <span
      className="absolute inset-0 block overflow-hidden"
      onPointerMove={({ currentTarget, clientX, pointerType }) => {
        if (pointerType !== 'mouse') return
        const { left, width } = currentTarget.getBoundingClientRect()
        scrub((clientX - left) / Math.max(1, width))
      }}
      onPointerLeave={() => scrub(null)}
    >
      <img src={routes.jobThumbnail(jobId)} alt="" draggable={false} decoding="async" className={still} />
      {moves && <Sprite ref={strip} url={routes.jobSprite(jobId)} frames={SPRITE_FRAMES} />}
    </span>
  )
}

/** What is seen of a take: its result, moving where it is a clip, or a sign that there is none. */
export const Picture = ({ take }: { take: Take }) => {
  const { state } = take
  if (state.name !== 'done')
    return (
      <span className="absolute inset-0 flex flex-col items-center justify-center gap-1 text-xs text-faint">
        {state.name === 'cancelled' ? (
          <CircleSlash size={18} strokeWidth={1.5} aria-hidden />
        ) : (
          <TriangleAlert size={18} strokeWidth={1.5} className="text-trouble" aria-hidden />
        )}
        <span aria-hidden className={state.name === 'cancelled' ? '' : 'text-trouble'}>
          {state.name === 'cancelled' ? 'Cancelled' : 'Failed'}
        </span>
      </span>
    )
  const jobId = jobIdOf(take)
  if (state.output.duration !== null) return <Moving jobId={jobId} />
  return <img src={routes.jobThumbnail(jobId)} alt="" draggable={false} decoding="async" className={still} />
}
