import { useRef } from 'react'
import { onePress } from '../ui/one-press.ts'
import { useMediaQuery } from '../ui/use-media-query.ts'
import type { Example } from './examples.tsx'
import { type Loop, LOOPS } from './loop-list.ts'

const MODEL = 'lucy-pro-t2v'
/** So many are asked for at once: to choose is the point. */
const TAKES = 4

const LoopButton = ({ name, prompt, style, onRun }: Omit<Loop, 'seed'> & { onRun: (example: Example) => void }) => {
  const video = useRef<HTMLVideoElement>(null)
  const still = useMediaQuery('(prefers-reduced-motion: reduce)')
  const play = () => {
    // A browser may not want to, or it was taken away meanwhile: its still stands there.
    void video.current?.play().catch(() => undefined)
  }
  const stop = () => still && video.current?.pause()
  return (
    <button
      type="button"
      {...onePress(() => onRun({ title: prompt, modelId: MODEL, prompt, sample: null, takes: TAKES }))}
      onPointerEnter={play}
      onPointerLeave={stop}
      onFocus={play}
      onBlur={stop}
      className="group flex flex-col text-left"
    >
      <video
        ref={video}
        src={`/welcome/${name}.mp4`}
        poster={`/welcome/${name}.webp`}
        width={480}
        height={270}
        autoPlay={!still}
        muted
        loop
        playsInline
        preload={still ? 'none' : 'auto'}
        disablePictureInPicture
        tabIndex={-1}
        aria-hidden
        className="aspect-video h-auto w-full rounded-sm bg-room outline-ink group-hover:outline-2"
      />
      <span className="block pt-1.5 leading-[18px] text-soft group-hover:text-ink">
        {prompt}
        {style !== undefined && <span className="text-faint"> · and its edit: {style}</span>}
      </span>
    </button>
  )
}

/** What the engine can do, moving; a press makes four of it. */
export const Loops = ({ onRun }: { onRun: (example: Example) => void }) => (
  <ul className="grid grid-cols-2 gap-x-3 gap-y-4 @min-[40rem]:grid-cols-3">
    {LOOPS.map((loop) => (
      <li key={loop.name}>
        <LoopButton {...loop} onRun={onRun} />
      </li>
    ))}
  </ul>
)
