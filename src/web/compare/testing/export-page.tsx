import { createRoot } from 'react-dom/client'
import '../../styles.css'
import '../ui/compare.css'
import { type Viewer, createViewer } from '../viewer.ts'
import type { ExportOrder } from '../export/order.ts'
import { runExport } from '../export/run-export.ts'
import type { Source } from '../protocol.ts'
import { ExportMenu } from '../ui/export-menu.tsx'
import type { LinkOffer } from '../ui/export-panel.tsx'
import { initialView, type View } from '../view.ts'

/** What became of an export. `bytes` are the file's, in base64. */
export type Outcome =
  | {
      name: 'made'
      bytes: string
      type: string
      width: number
      height: number
      fps: number | null
      frames: number
      notes: readonly string[]
      openFrames: number
      milliseconds: number
    }
  | { name: 'failed'; reason: string; progress: number[]; openFrames: number | null }

export type ExportPart = Partial<Omit<ExportOrder, 'sources' | 'view'>> & { view?: Partial<View> }

export type ExportPage = {
  /** Exports the files named, without any page around it; aborts as soon as so much is done. */
  run: (files: readonly string[], part: ExportPart, abortAt?: number) => Promise<Outcome>
  /** Shows the studio's menu for a viewer of the files named. */
  show: (files: readonly string[], link: 'copied' | 'refused') => Promise<void>
  viewer: () => Viewer
  links: number
}

declare global {
  interface Window {
    exporting: ExportPage
  }
}

const SCREEN = { width: 960, height: 540, gap: 8 }

const sourceOf = (file: string): Source => ({
  id: file,
  media: { kind: 'url', url: `/media/${file}` },
  preview: null,
  proxy: null,
  poster: null,
})

const base64 = (blob: Blob): Promise<string> =>
  new Promise((resolve) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '')
    reader.readAsDataURL(blob)
  })

const nameOf = (file: string) => file.replace(/\.\w+$/, '')

let viewer: Viewer | undefined

window.exporting = {
  links: 0,
  viewer: () => {
    if (!viewer) throw new Error('nothing is shown')
    return viewer
  },
  run: async (files, { view, ...part }, abortAt) => {
    const order: ExportOrder = {
      sources: files.map(sourceOf),
      layout: 'seen',
      format: 'mp4',
      view: { ...initialView(files.length), ...view },
      screen: SCREEN,
      offsets: files.map(() => 0),
      range: null,
      time: 0,
      labels: null,
      sound: null,
      heat: null,
      gifWidth: 640,
      ...part,
    }
    const wish = new AbortController()
    const progress: number[] = []
    let openFrames: number | null = null
    const begin = performance.now()
    try {
      const { blob, size, ...rest } = await runExport(order, {
        signal: wish.signal,
        onProgress: (done) => {
          progress.push(done)
          if (abortAt !== undefined && done >= abortAt) wish.abort(new Error('no longer wanted'))
        },
        onCancelled: (open) => {
          openFrames = open
        },
      })
      const milliseconds = performance.now() - begin
      return { name: 'made', ...size, ...rest, bytes: await base64(blob), type: blob.type, milliseconds }
    } catch (error) {
      return { name: 'failed', reason: error instanceof Error ? error.message : String(error), progress, openFrames }
    }
  },
  show: (files, link) => {
    const sources = files.map(sourceOf)
    const canvas = document.createElement('canvas')
    canvas.style.cssText =
      'display: block; width: 100%; max-width: 960px; aspect-ratio: 16 / 9; background: var(--sunken)'
    document.body.prepend(canvas)
    const opened = createViewer(canvas, sources, SCREEN)
    viewer = opened
    const offer: LinkOffer =
      link === 'refused'
        ? { refused: 'Files of this computer have no link.' }
        : {
            copy: async () => {
              window.exporting.links += 1
            },
          }
    const root = document.querySelector('#root')
    if (!root) throw new Error('no root')
    createRoot(root).render(
      <div className="flex justify-end bg-panel p-2">
        <ExportMenu
          viewer={opened}
          sources={sources}
          names={files.map(nameOf)}
          heat={null}
          screen={() => SCREEN}
          link={offer}
        />
      </div>,
    )
    return new Promise((resolve) => {
      const look = () => {
        if (opened.state().sides.some(({ name }) => name === 'opening')) return
        leave()
        resolve()
      }
      const leave = opened.subscribe(look)
      look()
    })
  },
}
