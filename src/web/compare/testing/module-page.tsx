import { useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import '../../styles.css'
import type { Viewer } from '../viewer.ts'
import { GAP } from '../geometry.ts'
import type { Source } from '../protocol.ts'
import type { TimeFormat } from '../time-format.ts'
import { hearTooltips } from '../../ui/tooltip.ts'
import { CompareViewer } from '../ui/compare-viewer.tsx'
import { createCanvasReader, type Reading } from './read-canvas.ts'

/** A page of somebody else: nothing but the viewer, and files that are dropped on it. */
export type ModulePage = {
  viewer: () => Viewer
  /** What the canvas on the page says. */
  read: () => Reading
}

declare global {
  interface Window {
    modulePage: ModulePage
  }
}

let opened: Viewer | undefined

const keep = (viewer: Viewer | undefined) => {
  opened = viewer
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
        sources: files.map((blob, index) => ({
          id: `${index}`,
          media: { kind: 'blob', blob },
          preview: null,
          proxy: null,
          poster: null,
        })),
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
        <CompareViewer
          label="Dropped files"
          alone="One"
          sources={sources}
          names={names}
          autoplay={false}
          format={format}
          onFormat={setFormat}
          onViewer={keep}
          link={{ refused: 'Files of this computer have no link.' }}
        />
      )}
    </main>
  )
}

const viewer = (): Viewer => {
  if (!opened) throw new Error('nothing is open')
  return opened
}

window.modulePage = {
  viewer,
  read: () => {
    const canvas = document.querySelector('canvas')
    if (!canvas) throw new Error('no canvas')
    const { view, sides } = viewer().state()
    const { width, height } = canvas
    const sizes = sides.map((side) => (side.name === 'ready' ? side.info : undefined))
    return createCanvasReader(canvas)(view, { width, height, gap: GAP * devicePixelRatio }, sizes)
  },
}

const root = document.querySelector('#root')
if (!root) throw new Error('no root')
createRoot(root).render(<Page />)
