import { useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import '../../styles.css'
import type { Bench } from '../bench.ts'
import { GAP } from '../geometry.ts'
import type { Source } from '../protocol.ts'
import type { TimeFormat } from '../time-format.ts'
import { hearTooltips } from '../../ui/tooltip.ts'
import { CompareBench } from '../ui/compare-bench.tsx'
import { createCanvasReader, type Reading } from './read-canvas.ts'

/** A page of somebody else: nothing but the bench, and files that are dropped on it. */
export type ModulePage = {
  bench: () => Bench
  /** What the canvas on the page says. */
  read: () => Reading
}

declare global {
  interface Window {
    modulePage: ModulePage
  }
}

let opened: Bench | undefined

const keep = (bench: Bench | undefined) => {
  opened = bench
}

type Dropped = { sources: readonly Source[]; names: readonly string[] }

const Page = () => {
  const [{ sources, names }, setDropped] = useState<Dropped>({ sources: [], names: [] })
  const [format, setFormat] = useState<TimeFormat>('frame')
  useEffect(() => hearTooltips(() => []), [])
  useEffect(() => {
    const allow = (event: DragEvent) => event.preventDefault()
    const take = (event: DragEvent) => {
      event.preventDefault()
      const files = [...(event.dataTransfer?.files ?? [])]
      setDropped({
        sources: files.map((blob, index) => ({ id: `${index}`, media: { kind: 'blob', blob }, preview: null })),
        names: files.map(({ name }) => name),
      })
    }
    document.addEventListener('dragover', allow)
    document.addEventListener('drop', take)
    return () => {
      document.removeEventListener('dragover', allow)
      document.removeEventListener('drop', take)
    }
  }, [])
  return (
    <main className="h-dvh bg-panel">
      {sources.length > 0 && (
        <CompareBench
          label="Dropped files"
          alone="One"
          sources={sources}
          names={names}
          autoplay={false}
          format={format}
          onFormat={setFormat}
          onBench={keep}
          link={{ refused: 'Files of this computer have no link.' }}
        />
      )}
    </main>
  )
}

const bench = (): Bench => {
  if (!opened) throw new Error('nothing is open')
  return opened
}

window.modulePage = {
  bench,
  read: () => {
    const canvas = document.querySelector('canvas')
    if (!canvas) throw new Error('no canvas')
    const { view, sides } = bench().state()
    const { width, height } = canvas
    const sizes = sides.map((side) => (side.name === 'ready' ? side.info : undefined))
    return createCanvasReader(canvas)(view, { width, height, gap: GAP * devicePixelRatio }, sizes)
  },
}

const root = document.querySelector('#root')
if (!root) throw new Error('no root')
createRoot(root).render(<Page />)
