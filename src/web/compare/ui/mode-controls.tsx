import { ArrowLeftRight, Columns2, Rows2, SeparatorHorizontal, SeparatorVertical } from 'lucide-react'
import type { CSSProperties } from 'react'
import type { Viewer } from '../viewer.ts'
import { type Fit, FITS, GAINS, sidesIn, type View } from '../view.ts'
import { IconButton } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { BlinkButton } from './blink-button.tsx'
import { lookThrough, usePlaces } from './room.ts'
import { useViewer } from './use-viewer.ts'
import type { ScreenViewport } from './use-viewport.ts'

/** Letters of a name that there is room for. */
const MAX_NAME_LENGTH = 20

type Controls = { viewer: Viewer; viewport: ScreenViewport | undefined; names: readonly string[] }

const EdgeStands = ({ viewer, view }: { viewer: Viewer; view: View }) => (
  <Segmented
    compact
    label="Edge"
    value={view.edgeStands}
    options={[
      { value: 'upright', label: 'Upright edge', icon: <SeparatorVertical size={15} aria-hidden /> },
      { value: 'level', label: 'Level edge', icon: <SeparatorHorizontal size={15} aria-hidden /> },
    ]}
    onChange={(edgeStands) => viewer.setView({ edgeStands })}
  />
)

const Opacity = ({ viewer, view, name }: { viewer: Viewer; view: View; name: string }) => {
  const percent = Math.round(view.opacity * 100)
  const style: CSSProperties = { '--at': `${percent}%` } as CSSProperties
  return (
    <label className="flex min-w-28 items-center gap-2 text-xs text-soft">
      <span className="sr-only">Opacity of {name}</span>
      <input
        type="range"
        min={0}
        max={100}
        value={percent}
        aria-valuetext={`${name} ${percent} %`}
        data-tip={`Opacity of ${name}`}
        onChange={(event) => viewer.setView({ opacity: event.target.valueAsNumber / 100 })}
        className="scrubber w-28 min-w-12 shrink touch-none pointer-coarse:h-11"
        style={style}
      />
      <span className="min-w-9 text-right whitespace-nowrap" aria-hidden>
        {percent} %
      </span>
    </label>
  )
}

const Gain = ({ viewer, view }: { viewer: Viewer; view: View }) => (
  <Select
    look="quiet"
    aria-label="Gain of the difference"
    data-tip="How much brighter than it is the difference is shown"
    value={String(view.gain)}
    groups={[{ items: GAINS.map((gain) => ({ value: String(gain), label: `Gain ×${gain}` })) }]}
    onPick={(picked) => {
      const gain = GAINS.find((one) => String(one) === picked)
      if (gain) viewer.setView({ gain })
    }}
  />
)

// A select that is narrower than its text does not shorten it.
const short = (name: string): string =>
  name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH - 1).trimEnd()}…` : name

/** Which side plays a part. Chosen for both parts, the two change places. */
const Part = ({ viewer, viewport, names, part }: Controls & { part: 'reference' | 'other' }) => {
  const view = useViewer(viewer, (state) => state.view)
  const isAlone = view.mode === 'single'
  const label = part === 'reference' ? 'Reference' : isAlone ? 'Shown' : 'Compared with it'
  return (
    <Select
      look="quiet"
      className="shrink-0"
      aria-label={label}
      data-tip={label}
      value={String(view[part])}
      // By name: in a blind choice the order of the sides would tell which is which.
      groups={[
        {
          items: names
            .map((name, side) => ({ value: String(side), label: short(name) }))
            .toSorted((one, another) => one.label.localeCompare(another.label)),
        },
      ]}
      onPick={(picked) => {
        const side = Number(picked)
        const against = part === 'reference' ? 'other' : 'reference'
        const pair = view[against] === side && !isAlone ? { [part]: side, [against]: view[part] } : { [part]: side }
        lookThrough(viewer, viewport, pair)
      }}
    />
  )
}

const Parts = (controls: Controls) => {
  const { viewer, viewport, names } = controls
  const { mode, reference, other } = useViewer(viewer, (state) => state.view)
  const isPair = mode !== 'grid' && mode !== 'single'
  return (
    <>
      {names.length > 2 && mode !== 'single' && <Part {...controls} part="reference" />}
      {isPair && (
        <IconButton
          label="Swap sides"
          onClick={() => lookThrough(viewer, viewport, { reference: other, other: reference })}
        >
          <ArrowLeftRight size={15} aria-hidden />
        </IconButton>
      )}
      {names.length > 2 && mode !== 'grid' && <Part {...controls} part="other" />}
    </>
  )
}

/** Two of a grid, beside or above each other. */
const Arrange = ({ viewer, viewport }: { viewer: Viewer; viewport: ScreenViewport }) => {
  const [one, other] = usePlaces(viewer, viewport)
  const isStacked = one !== undefined && one.cell.x === other?.cell.x
  return (
    <IconButton
      label={isStacked ? 'Put them beside each other' : 'Put one above the other'}
      onClick={() => lookThrough(viewer, viewport, { arrangement: isStacked ? 'beside' : 'stacked' })}
    >
      {isStacked ? <Columns2 size={15} aria-hidden /> : <Rows2 size={15} aria-hidden />}
    </IconButton>
  )
}

const FIT_NAMES: Record<Fit, string> = { fit: 'Fit', fill: 'Fill', one: '1:1' }
const FIT_MEANS: Record<Fit, string> = {
  fit: 'Pictures of another shape are shown whole in the reference’s frame',
  fill: 'Pictures of another shape fill the reference’s frame, and are cut to it',
  one: 'Pictures of another size keep pixels as large as the reference’s',
}

/** How sides of different size share one place; nothing where all are of one size. */
const Fits = ({ viewer }: { viewer: Viewer }) => {
  const fit = useViewer(viewer, (state) => state.view.fit)
  const differ = useViewer(viewer, ({ view, sides }) => {
    const seen = sidesIn(view).flatMap((index) => sides[index] ?? [])
    const sizes = seen.flatMap((side) => (side.name === 'ready' ? `${side.info.width}x${side.info.height}` : []))
    return new Set(sizes).size > 1
  })
  if (!differ) return null
  return (
    <Select
      look="quiet"
      className="shrink-0"
      aria-label="Pictures of another size"
      data-tip={FIT_MEANS[fit]}
      value={fit}
      groups={[{ items: FITS.map((value) => ({ value, label: FIT_NAMES[value] })) }]}
      onPick={(picked) => viewer.setView({ fit: picked })}
    />
  )
}

/** What the chosen way of looking needs, and nothing else. */
export const ModeControls = (controls: Controls) => {
  const { viewer, viewport, names } = controls
  const view = useViewer(viewer, (state) => state.view)
  return (
    <>
      <Parts {...controls} />
      {viewport && view.mode === 'grid' && view.order.length === 2 && <Arrange viewer={viewer} viewport={viewport} />}
      {view.mode === 'wipe' && <EdgeStands viewer={viewer} view={view} />}
      {view.mode === 'blink' && <BlinkButton viewer={viewer} name={names[view.reference] ?? 'reference'} />}
      {view.mode === 'overlay' && <Opacity viewer={viewer} view={view} name={names[view.other] ?? 'other'} />}
      {view.mode === 'difference' && <Gain viewer={viewer} view={view} />}
      <Fits viewer={viewer} />
    </>
  )
}
