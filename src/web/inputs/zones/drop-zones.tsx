import { useQueryClient } from '@tanstack/react-query'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { DecartSDKError } from '../../../client/errors.ts'
import type { MediaKind } from '../../../shared/models/file-input.ts'
import { fetchJob } from '../../data/jobs.ts'
import { type Take, takeOfJob } from '../../data/take.ts'
import { chosenTake, useTakes } from '../../data/takes.ts'
import { useComparison } from '../../state/comparison.ts'
import { modelForTask } from '../../state/last-models.ts'
import { restoreSettings } from '../../state/restore.ts'
import { useModel, useStudio } from '../../state/studio.ts'
import { classes } from '../../ui/classes.ts'
import { arrive } from '../arrive.ts'
import type { Dragged, DraggedKind } from '../dragged.ts'
import { payloadOf } from '../payload.ts'
import { type Dropped, dropOnZone } from './drop-on-zone.ts'
import { type DraggedMedia, type Zone, type ZoneName, ZONES, zonesFor } from './zone-list.ts'

type Place = { left: number; top: number; width: number; height: number }

/** Where the zones stand: over the stage, or over all where it is not seen. */
const placeOfZones = (): Place => {
  const stage = document.querySelector('[aria-label="Stage"]')?.getBoundingClientRect()
  const shown = stage && stage.width > 0 ? stage : document.querySelector('main')?.getBoundingClientRect()
  return shown ?? { left: 0, top: 0, width: innerWidth, height: innerHeight }
}

const kindOfTake = (take: Take | undefined): MediaKind | null =>
  take?.state.name !== 'done' ? null : take.state.output.duration === null ? 'image' : 'video'

const draggedMedia = (dragged: Dragged, take: Take | undefined): DraggedMedia => {
  const kinds: readonly DraggedKind[] = dragged.what === 'files' ? dragged.kinds : [kindOfTake(take) ?? 'unknown']
  return { from: dragged.what, kinds }
}

const zoneAt = (target: EventTarget | null): ZoneName | null => {
  const name = target instanceof Element ? target.closest('[data-zone]')?.getAttribute('data-zone') : null
  return ZONES.find((each) => each === name) ?? null
}

const SPANS: Record<ZoneName, string> = {
  animate: 'col-span-3',
  edit: 'col-span-3',
  first: 'col-span-2',
  last: 'col-span-2',
  reference: 'col-span-2',
  compare: 'col-span-3',
  restore: 'col-span-3',
}

const ZoneBox = ({ zone, over }: { zone: Zone; over: boolean }) => (
  <div
    data-zone={zone.name}
    data-lit={zone.lit}
    role="group"
    aria-label={zone.title}
    className={classes(
      'flex min-h-0 min-w-0 flex-col items-center justify-center gap-0.5 overflow-hidden rounded-md border px-2 py-1 text-center',
      zone.lit ? 'border-edge bg-raised text-ink' : 'border-line border-dashed text-faint',
      over && zone.lit && 'border-amber outline-2 -outline-offset-2 outline-amber',
    )}
  >
    <p className={classes('pointer-events-none text-sm leading-5', zone.lit && 'font-semibold')}>{zone.title}</p>
    <p className="pointer-events-none text-xs leading-4">{zone.words}</p>
  </div>
)

/** Where the zones stand, also when the window becomes another size. */
const usePlaceOfZones = (): Place => {
  const [place, setPlace] = useState<Place>(placeOfZones)
  useLayoutEffect(() => {
    const follow = () => setPlace(placeOfZones())
    addEventListener('resize', follow)
    return () => removeEventListener('resize', follow)
  }, [])
  return place
}

const takeAmong = (takes: readonly Take[], job: string | null): Take | undefined =>
  takes.find(({ jobId }) => jobId !== null && jobId === job)

const useRestoreJob = (takes: readonly Take[]): ((job: string) => Promise<void>) => {
  const queryClient = useQueryClient()
  return async (job) => {
    try {
      // One that was dragged from another window may be older than all that was loaded here.
      const { modelId, inputs, seed } = takeAmong(takes, job) ?? takeOfJob(await fetchJob(queryClient, job))
      await restoreSettings({ modelId, inputs, seed }, 'The settings of the take stand in the form.', queryClient)
    } catch (error) {
      const isGone = error instanceof DecartSDKError && error.status === 404
      const { setProblems, showTab } = useStudio.getState()
      setProblems({
        fields: {},
        message: isGone ? 'That take is no longer on the server.' : 'The server did not answer: drop the take again.',
      })
      showTab('make')
    }
  }
}

/** The zone that something is over, and what is called with a drop there; null for one beside all zones. */
const useZoneDrag = (
  section: RefObject<HTMLElement | null>,
  onDrop: (payload: Dropped, zone: ZoneName | null) => void,
): ZoneName | null => {
  const [over, setOver] = useState<ZoneName | null>(null)
  useEffect(() => {
    const shownAt = section.current
    const listening = new AbortController()
    const { signal } = listening
    const move = (event: DragEvent) => {
      event.preventDefault()
      setOver(zoneAt(event.target))
    }
    const drop = (event: DragEvent) => {
      event.preventDefault()
      event.stopPropagation()
      const payload = event.dataTransfer ? payloadOf(event.dataTransfer) : { kind: 'nothing' as const }
      if (payload.kind !== 'nothing' && payload.kind !== 'text') onDrop(payload, zoneAt(event.target))
    }
    shownAt?.addEventListener('dragenter', move, { signal })
    shownAt?.addEventListener('dragover', move, { signal })
    shownAt?.addEventListener('drop', drop, { signal })
    return () => listening.abort()
  })
  return over
}

/** While something is dragged over the window, the stage is the things that can be done with it. */
export const DropZones = ({ dragged }: { dragged: Dragged }) => {
  const { takes } = useTakes()
  const chosen = useModel()
  const selected = useStudio((state) => state.selected)
  const comparing = useComparison((state) => state.isOpen)
  const place = usePlaceOfZones()
  const section = useRef<HTMLElement>(null)
  const restoreJob = useRestoreJob(takes)
  const shown = chosenTake(takes, selected)
  const onStage = shown?.state.name === 'done' ? shown.jobId : null
  const kindOfJob = (job: string) => kindOfTake(takeAmong(takes, job))
  const media = draggedMedia(dragged, takeAmong(takes, dragged.what === 'take' ? dragged.job : null))
  const zones = zonesFor(media, { chosen, modelFor: modelForTask, beside: comparing || onStage !== null })
  const over = useZoneDrag(section, (payload, name) => {
    const zone = zones.find((each) => each.name === name && each.lit)
    // What no zone takes goes where it fits best, which is said then.
    if (zone) dropOnZone(zone.name, payload, { onStage, kindOfJob, restoreJob })
    else arrive(payload, 'dropped')
  })
  return (
    <section
      aria-label="Drop zones"
      ref={section}
      style={{ left: place.left, top: place.top, width: place.width, height: place.height }}
      className="fixed z-40 grid grid-cols-6 grid-rows-[2fr_1fr_1fr] gap-2 bg-room p-3"
    >
      {zones.map((zone) => (
        <div key={zone.name} className={classes('grid min-h-0', SPANS[zone.name])}>
          <ZoneBox zone={zone} over={over === zone.name} />
        </div>
      ))}
    </section>
  )
}
