import { BufferTarget, CanvasSource, Output, WebMOutputFormat } from 'mediabunny'
import { createRoot } from 'react-dom/client'
import '../../styles.css'
import '../ui/compare.css'
import { type Viewer, createViewer } from '../viewer.ts'
import type { Source } from '../protocol.ts'
import { measureSimilarity } from '../similarity/measure.ts'
import { SimilarityBar } from '../ui/similarity-bar.tsx'
import { SimilarityStrip } from '../ui/similarity-strip.tsx'
import { TimeBar } from '../ui/time-bar.tsx'
import { useChange } from '../ui/use-change.ts'
import { useSimilarity } from '../ui/use-similarity.ts'

/** A clip that the page makes: a moving picture, and from `changed.from` to before `changed.to` a board in its corner. */
export type MadeClip = {
  fps: number
  frames: number
  width: number
  height: number
  changed?: { from: number; to: number }
}

type Result = { by: string; values: number[]; columns: number; rows: number; maps: (number[] | null)[] }

export type SimilarityPage = {
  /** Makes clips, and measures the first two of them without a page around it. */
  measure: (clips: readonly MadeClip[], offset?: number) => Promise<Result>
  /** Measures clips or pictures of the media folder. Answers the milliseconds that it took besides. */
  measureFiles: (reference: string, other: string) => Promise<Result & { milliseconds: number }>
  /** Aborts as soon as something is measured; answers what the promise was rejected with. */
  abort: (clips: readonly MadeClip[]) => Promise<string>
  /** Shows the viewer with the strip over its timeline. */
  show: (clips: readonly MadeClip[]) => Promise<void>
  viewer: () => Viewer
}

declare global {
  interface Window {
    similarity: SimilarityPage
  }
}

const draw = (context: OffscreenCanvasRenderingContext2D, clip: MadeClip, frame: number) => {
  const { width, height, changed, fps } = clip
  const way = (frame / fps) * 40
  for (let x = 0; x < width; x += 16)
    for (let y = 0; y < height; y += 12) {
      context.fillStyle = `hsl(${(x * 3 + y * 5) % 360} 45% ${35 + 20 * Math.sin((x + way) / 31) * Math.cos(y / 17)}%)`
      context.fillRect(x, y, 16, 12)
    }
  if (!changed || frame < changed.from || frame >= changed.to) return
  for (let x = width / 16; x < (width * 7) / 16; x += 8) {
    context.fillStyle = (x / 8) % 2 < 1 ? '#fff' : '#000'
    context.fillRect(x, height / 16, 8, (height * 6) / 16)
  }
}

const make = async (clip: MadeClip): Promise<Blob> => {
  const canvas = new OffscreenCanvas(clip.width, clip.height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  const target = new BufferTarget()
  const output = new Output({ format: new WebMOutputFormat(), target })
  const track = new CanvasSource(canvas, { codec: 'vp9', bitrate: 4_000_000, keyFrameInterval: 1 })
  output.addVideoTrack(track, { frameRate: clip.fps })
  await output.start()
  for (let frame = 0; frame < clip.frames; frame++) {
    draw(context, clip, frame)
    await track.add(frame / clip.fps, 1 / clip.fps)
  }
  await output.finalize()
  if (!target.buffer) throw new Error('no clip')
  return new Blob([target.buffer], { type: 'video/webm' })
}

const sourcesOf = (clips: readonly MadeClip[]): Promise<Source[]> =>
  Promise.all(
    clips.map(async (clip, index) => ({
      id: String(index),
      media: { kind: 'blob' as const, blob: await make(clip) },
      preview: null,
      proxy: null,
      poster: null,
    })),
  )

const pairOf = ([reference, other]: readonly Source[], offset = 0) => {
  if (!reference || !other) throw new Error('two are needed')
  return { reference, other, offsets: { reference: 0, other: offset }, fit: 'fit' as const }
}

const measure = async (sources: readonly Source[], offset?: number): Promise<Result> => {
  const { by, values, heat } = await measureSimilarity(pairOf(sources, offset)).finished
  const { columns, rows, frames } = heat
  return { by, values: [...values], columns, rows, maps: frames.map((map) => (map ? [...map] : null)) }
}

const Page = ({ viewer, sources }: { viewer: Viewer; sources: readonly Source[] }) => {
  const similarity = useSimilarity(viewer, sources, true)
  const change = useChange(viewer, similarity)
  const parts = { viewer, similarity, change }
  return (
    <main className="bg-panel">
      <SimilarityBar {...parts} />
      <TimeBar
        viewer={viewer}
        names={['One', 'Other']}
        format="frame"
        onFormat={() => {}}
        above={<SimilarityStrip {...parts} />}
      />
    </main>
  )
}

let shown: Viewer | undefined

window.similarity = {
  measure: async (clips, offset) => measure(await sourcesOf(clips), offset),
  measureFiles: async (...names) => {
    const began = performance.now()
    const result = await measure(
      names.map((name) => ({
        id: name,
        media: { kind: 'url', url: `/media/${name}` },
        preview: null,
        proxy: null,
        poster: null,
      })),
    )
    return { ...result, milliseconds: performance.now() - began }
  },
  abort: async (clips) => {
    const controller = new AbortController()
    const onProgress = () => controller.abort(new Error('enough'))
    const { finished } = measureSimilarity({ ...pairOf(await sourcesOf(clips)), onProgress, signal: controller.signal })
    return finished.then(() => 'finished', String)
  },
  show: async (clips) => {
    const root = document.getElementById('root')
    if (!root) throw new Error('no root')
    const sources = await sourcesOf(clips)
    const canvas = document.createElement('canvas')
    root.before(canvas)
    const viewer = createViewer(canvas, sources, { width: 640, height: 180, gap: 8 })
    shown = viewer
    createRoot(root).render(<Page viewer={viewer} sources={sources} />)
  },
  viewer: () => {
    if (!shown) throw new Error('nothing is shown')
    return shown
  },
}
