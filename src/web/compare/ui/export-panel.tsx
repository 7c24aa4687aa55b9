import { Link2, X } from 'lucide-react'
import { useId, useState } from 'react'
import { Button, IconButton } from '../../ui/button.tsx'
import { formatFps, formatSeconds, formatSize } from '../../ui/format.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { Switch } from '../../ui/switch.tsx'
import type { Viewer } from '../viewer.ts'
import { exportFileName } from '../export/file-name.ts'
import { type ExportOrder, type Format, FORMATS, type Layout, LAYOUTS } from '../export/order.ts'
import { type Plan, planExport, tooLong } from '../export/plan.ts'
import type { HeatMap, Source, Viewport } from '../protocol.ts'
import type { Mode } from '../view.ts'
import { ExportStatus } from './export-status.tsx'
import { useViewer } from './use-viewer.ts'
import { useClipEncoders } from './use-clip-encoders.ts'
import type { ExportWork } from './use-export.ts'

/** A link that opens the same comparison, or why there is none, in a whole sentence. */
export type LinkOffer = { copy: () => Promise<void> } | { refused: string }

const FORMAT_NAMES: Record<Format, string> = { mp4: 'MP4', webm: 'WebM', gif: 'GIF', png: 'PNG' }
const LAYOUT_NAMES: Record<Layout, string> = {
  seen: 'As seen',
  'side-by-side': 'Side by side',
  'moving-wipe': 'Moving wipe',
}
const GIF_WIDTHS = ['480', '640', '960', '1280'] as const
type GifWidth = (typeof GIF_WIDTHS)[number]

const NO_ENCODER =
  'This page cannot encode clips: browsers allow it on https and on localhost only, and older ones not at all. A GIF or a PNG can be made.'
const NO_H264 = 'This browser does not encode H.264. The MP4 will hold VP9 or AV1, which some players do not open.'

type Choice = { layout: Layout; format: Format; labels: boolean; gifWidth: GifWidth }

/** What was chosen last stays chosen, for the next comparison too: what is shown by each way to look. */
let remembered: Omit<Choice, 'layout'> & { layouts: Partial<Record<Mode, Layout>> } = {
  layouts: {},
  format: 'mp4',
  labels: true,
  gifWidth: '640',
}

/** A file shows what stands on the viewport, until one wants it otherwise. */
const choiceFor = (mode: Mode): Choice => {
  const { layouts, ...rest } = remembered
  return { ...rest, layout: layouts[mode] ?? (mode === 'grid' ? 'side-by-side' : 'seen') }
}

/** What of the viewer's state a file depends on, the playhead left out, which moves all the time. */
const useLooked = (viewer: Viewer) => ({
  view: useViewer(viewer, ({ view }) => view),
  sides: useViewer(viewer, ({ sides }) => sides),
  offsets: useViewer(viewer, ({ offsets }) => offsets),
  duration: useViewer(viewer, ({ duration }) => duration),
  range: useViewer(viewer, ({ range }) => range),
  rate: useViewer(viewer, ({ rate }) => rate),
  sound: useViewer(viewer, ({ sound }) => sound),
})
type Looked = ReturnType<typeof useLooked>

/** What there is to choose from: one side has nothing beside it, a still no moving edge, pictures alone do not move. */
const offered = ({ sides, duration, view }: Looked, { layout, format }: Choice) => {
  const layouts = LAYOUTS.filter((each) => each === 'seen' || sides.length > 1)
  const picked = layouts.includes(layout) ? layout : 'seen'
  const moves = duration > 0 || picked === 'moving-wipe' || (picked === 'seen' && view.mode === 'blink')
  const formats = FORMATS.filter((each) => (each === 'png' ? picked !== 'moving-wipe' : moves))
  return { layouts, formats, layout: picked, format: formats.includes(format) ? format : (formats[0] ?? 'png') }
}

const factsOf = (looked: Looked, order: ExportOrder, plan: Plan, names: readonly string[]): string => {
  const isClip = order.format === 'mp4' || order.format === 'webm'
  const fps = plan.rate.num / plan.rate.den
  const heard = isClip && order.sound !== null ? names[order.sound] : undefined
  return [
    formatSize(plan.viewport),
    ...(order.format === 'png' ? ['the frames on screen'] : [`${formatFps(fps)} fps`, formatSeconds(plan.count / fps)]),
    ...(order.format !== 'png' && order.range ? ['the loop range'] : []),
    ...(order.format !== 'png' && looked.rate !== 1 ? ['at normal speed'] : []),
    ...(looked.view.zoom > 1 ? ['zoomed in as seen'] : []),
    ...(heard === undefined ? [] : [`with the sound of ${heard}`]),
  ].join(' · ')
}

const LinkRow = ({ link }: { link: LinkOffer }) => {
  const [said, setSaid] = useState<string | null>(null)
  const words = 'refused' in link ? link.refused : said
  return (
    <div className="flex flex-col gap-1 border-t border-line pt-3">
      <Button
        variant="quiet"
        className="-ml-2.5 self-start"
        disabled={'refused' in link}
        onClick={() => {
          if ('refused' in link) return
          link.copy().then(
            () => setSaid('The link is copied.'),
            () => setSaid('The browser did not let the link be copied.'),
          )
        }}
      >
        <Link2 size={14} aria-hidden />
        Copy link
      </Button>
      <p role="status" className="text-xs text-faint empty:hidden">
        {words}
      </p>
    </div>
  )
}

/** What is exported. `names` are by side; `screen` is the viewport as it is now. */
export type Exported = {
  viewer: Viewer
  sources: readonly Source[]
  names: readonly string[]
  heat: HeatMap | null
  screen: () => Viewport
  link: LinkOffer
}

export const ExportPanel = ({
  viewer,
  sources,
  names,
  heat,
  screen,
  link,
  work,
  close,
}: Exported & { work: ExportWork; close: () => void }) => {
  const id = useId()
  const looked = useLooked(viewer)
  const [choice, setChoice] = useState(() => choiceFor(viewer.state().view.mode))
  const choose = (part: Partial<Choice>) => {
    const { layout, ...rest } = { ...choice, ...part }
    const { layouts } = remembered
    remembered = { ...rest, layouts: part.layout ? { ...layouts, [looked.view.mode]: layout } : layouts }
    setChoice({ ...rest, layout })
  }
  const encoders = useClipEncoders()
  const { layouts, formats, layout, format } = offered(looked, choice)
  const order: ExportOrder = {
    sources,
    layout,
    format,
    view: looked.view,
    screen: screen(),
    offsets: looked.offsets,
    range: looked.range,
    time: 0,
    labels: choice.labels ? names : null,
    sound: looked.sound,
    heat: looked.view.heat ? heat : null,
    gifWidth: Number(choice.gifWidth),
  }
  const isClip = format === 'mp4' || format === 'webm'
  const infos = looked.sides.map((side) => (side.name === 'ready' ? side.info : undefined))
  const plan = planExport(order, infos)
  const obstacle = looked.sides.some(({ name }) => name === 'opening')
    ? 'The sides are still being opened.'
    : plan.sides.length === 0
      ? 'There is nothing to export: no side is shown.'
      : ((isClip && encoders === 'none' ? NO_ENCODER : null) ?? tooLong(plan, format))
  const start = () => {
    // What plays takes from the same machine, and a still is of what stands on screen.
    viewer.pause()
    const shown = plan.sides.map((side) => names[side] ?? `side ${side + 1}`)
    work.start({ ...order, time: viewer.state().shown.time }, exportFileName(shown, layout, looked.view.mode, format))
  }
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center justify-between">
        <h2 className="font-semibold">Export</h2>
        <IconButton label="Close" className="-my-1 -mr-1" onClick={close}>
          <X size={15} aria-hidden />
        </IconButton>
      </div>
      {work.run.name === 'running' ? (
        <ExportStatus run={work.run} cancel={work.cancel} />
      ) : (
        <>
          {layouts.length > 1 && (
            <Segmented
              label="What"
              value={layout}
              options={layouts.map((value) => ({ value, label: LAYOUT_NAMES[value] }))}
              onChange={(picked) => choose({ layout: picked })}
            />
          )}
          <Segmented
            label="Format"
            value={format}
            options={formats.map((value) => ({ value, label: FORMAT_NAMES[value] }))}
            onChange={(picked) => choose({ format: picked })}
          />
          {format === 'gif' && (
            <Segmented
              label="Width of the GIF, at most"
              value={choice.gifWidth}
              options={GIF_WIDTHS.map((value) => ({ value, label: `${value} px` }))}
              onChange={(gifWidth) => choose({ gifWidth })}
            />
          )}
          <label htmlFor={`${id}-labels`} className="touch-target flex items-center justify-between">
            Names on the picture
            <Switch id={`${id}-labels`} checked={choice.labels} onChange={(labels) => choose({ labels })} />
          </label>
          <p className="text-xs text-soft">{factsOf(looked, order, plan, names)}</p>
          <Button variant="accent" className="h-9" disabled={obstacle !== null} onClick={start}>
            {format === 'png' ? 'Save PNG' : `Make ${FORMAT_NAMES[format]}`}
          </Button>
          {isClip && encoders !== 'unknown' && encoders !== 'none' && format === 'mp4' && !encoders.h264 && (
            <p className="text-xs text-soft">{NO_H264}</p>
          )}
          {obstacle !== null && <p className="text-xs text-soft">{obstacle}</p>}
          <ExportStatus run={work.run} cancel={work.cancel} />
        </>
      )}
      <LinkRow link={link} />
    </div>
  )
}
