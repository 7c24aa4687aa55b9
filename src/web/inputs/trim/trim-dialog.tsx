import { useEffect, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { formatSeconds } from '../../ui/format.ts'
import { Modal } from '../../ui/modal.tsx'
import { Progress } from '../../ui/progress.tsx'
import { MomentField } from './moment-field.tsx'
import type { ClipSource } from './open-clip.ts'
import { atKeyframes, beginningOf, edgeNear, type Frames, momentOf, type Part, secondsOf, withEdge } from './part.ts'
import { PartRange } from './part-range.tsx'
import { runCut } from './run-cut.ts'
import { type DrawFrame, useClip } from './use-clip.ts'

/** A part that was cut out of a clip. Seconds. */
export type CutOut = { blob: Blob; from: number; seconds: number; whole: number }

export type TrimDialogProps = {
  source: ClipSource
  name: string
  /** How much of a clip is used, in seconds, and who says so; null where nobody does. */
  limit: { seconds: number; words: string } | null
  /** The part to begin with; null for as much of the beginning as is used. Seconds. */
  begin: { from: number; seconds: number } | null
  onCut: (part: CutOut) => void
  onClose: () => void
}

/** The width of the picture, as it is drawn. Pixels. */
const PICTURE_WIDTH = 960

/** One frame of the clip. Of frames that are asked for while one is drawn, the last alone is drawn then. */
const Picture = ({ draw, frame }: { draw: DrawFrame; frame: number }) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  const wanted = useRef(frame)
  const drawing = useRef(false)
  useEffect(() => {
    wanted.current = frame
    const follow = async () => {
      drawing.current = true
      for (let drawn = -1; drawn !== wanted.current && canvas.current;) {
        drawn = wanted.current
        await draw(canvas.current, drawn, PICTURE_WIDTH).catch(() => undefined)
        if (canvas.current) canvas.current.dataset['frame'] = String(drawn)
      }
      drawing.current = false
    }
    if (!drawing.current) void follow()
  }, [draw, frame])
  return <canvas ref={canvas} className="h-full w-full object-contain" aria-hidden />
}

/** Where the cutting stands. */
type Cutting = { name: 'idle' } | { name: 'running'; done: number } | { name: 'failed'; reason: string }

/** Cuts a part out of the clip; what runs ends with the component. */
const useCut = (source: ClipSource, frames: Frames, onCut: TrimDialogProps['onCut']) => {
  const [cutting, setCutting] = useState<Cutting>({ name: 'idle' })
  const wish = useRef<AbortController>(null)
  useEffect(() => () => wish.current?.abort(), [])
  const cut = async (part: Part) => {
    const controller = new AbortController()
    wish.current = controller
    setCutting({ name: 'running', done: 0 })
    try {
      const told = (done: number) => setCutting({ name: 'running', done })
      const blob = await runCut({ source, part }, controller.signal, told)
      onCut({ blob, from: momentOf(frames, part.first), seconds: secondsOf(frames, part), whole: frames.end })
    } catch (error) {
      if (controller.signal.aborted) setCutting({ name: 'idle' })
      else setCutting({ name: 'failed', reason: error instanceof Error ? error.message : String(error) })
    }
  }
  return { cutting, cut, cancel: () => wish.current?.abort() }
}

const partToBegin = (frames: Frames, limit: TrimDialogProps['limit'], begin: TrimDialogProps['begin']): Part =>
  begin
    ? { first: edgeNear(frames, begin.from), after: edgeNear(frames, begin.from + begin.seconds) }
    : beginningOf(frames, limit?.seconds ?? null)

const lengthWords = (frames: Frames, part: Part): string => {
  const count = part.after - part.first
  return `${formatSeconds(secondsOf(frames, part))} of ${formatSeconds(frames.end)}, ${count} ${count === 1 ? 'frame' : 'frames'}`
}

/** How long a part is, and how much of it is used. */
const Length = ({ frames, part, limit }: { frames: Frames; part: Part; limit: TrimDialogProps['limit'] }) => {
  const isOver = limit !== null && secondsOf(frames, part) > limit.seconds + 0.05
  return (
    <div className="flex flex-col gap-1 self-end max-sm:col-span-2">
      <p role="status" aria-label="Length" className="tabular-nums">
        {lengthWords(frames, part)}
      </p>
      {limit && (
        <p className={isOver ? 'text-xs text-trouble' : 'text-xs text-faint'}>
          {limit.words}
          {isOver && ' Only the beginning of this part will be used.'}
        </p>
      )}
    </div>
  )
}

type ClipProps = Omit<TrimDialogProps, 'name'> & {
  frames: Frames
  keys: readonly number[]
  draw: DrawFrame | null
}

/** The part that is chosen, and the frame that is shown of it: the one at the edge that was moved last. */
const usePart = ({ frames, keys, draw, limit, begin }: ClipProps) => {
  // What cannot be decoded is copied, from keyframe to keyframe.
  const possible = (before: Part, wanted: Part) => (draw ? wanted : atKeyframes(frames, keys, before, wanted))
  const [part, setPart] = useState<Part>(() =>
    possible({ first: 0, after: frames.starts.length }, partToBegin(frames, limit, begin)),
  )
  const [shown, setShown] = useState(part.first)
  const change = (wanted: Part, edge: keyof Part) => {
    const next = possible(part, wanted)
    setPart(next)
    setShown(edge === 'first' ? next.first : next.after - 1)
  }
  return { part, shown, change }
}

/** The cutting of a part: how far it is, and what became of it. */
const CutRow = ({
  source,
  frames,
  part,
  onCut,
  onClose,
}: Pick<ClipProps, 'source' | 'frames' | 'onCut' | 'onClose'> & { part: Part }) => {
  const { cutting, cut, cancel } = useCut(source, frames, onCut)
  const isWhole = part.first === 0 && part.after === frames.starts.length
  const running = cutting.name === 'running'
  return (
    <>
      {cutting.name === 'failed' && (
        <p role="alert" className="text-trouble">
          {cutting.reason}
        </p>
      )}
      <div className="flex items-center justify-end gap-2">
        {running && <Progress value={cutting.done} label="Trimming" className="flex-1" />}
        <Button variant="quiet" onClick={running ? cancel : onClose}>
          Cancel
        </Button>
        <Button variant="accent" disabled={running || isWhole} onClick={() => void cut(part)}>
          Use this part
        </Button>
      </div>
    </>
  )
}

const Open = (props: ClipProps) => {
  const { source, frames, draw, limit, onCut, onClose } = props
  const { part, shown, change } = usePart(props)
  const typed = (edge: keyof Part) => (seconds: number) =>
    change(withEdge(frames, part, edge, edgeNear(frames, seconds)), edge)
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex h-[min(22rem,40dvh)] items-center justify-center bg-room">
        {draw ? (
          <Picture draw={draw} frame={shown} />
        ) : (
          <p className="px-4 text-center text-soft">
            This page cannot show its frames. A part can be cut from keyframe to keyframe.
          </p>
        )}
      </div>
      <PartRange frames={frames} part={part} draw={draw} onChange={change} />
      <div className="grid grid-cols-[8rem_8rem_minmax(0,1fr)] items-start gap-3 max-sm:grid-cols-2">
        <MomentField label="Start" seconds={momentOf(frames, part.first)} onChange={typed('first')} />
        <MomentField label="End" seconds={momentOf(frames, part.after)} onChange={typed('after')} />
        <Length frames={frames} part={part} limit={limit} />
      </div>
      <CutRow source={source} frames={frames} part={part} onCut={onCut} onClose={onClose} />
    </div>
  )
}

/** Chooses a part of a clip, and cuts it out in the page. */
export const TrimDialog = ({ name, ...props }: TrimDialogProps) => {
  const clip = useClip(props.source)
  return (
    <Modal title={`Trim ${name}`} onClose={props.onClose}>
      {clip.name === 'open' ? (
        <Open {...props} frames={clip.frames} keys={clip.keys} draw={clip.draw} />
      ) : clip.name === 'failed' ? (
        <p role="alert" className="p-4 text-trouble">
          {clip.reason}
        </p>
      ) : (
        <p className="p-4 text-soft">Reading its frames…</p>
      )}
    </Modal>
  )
}
