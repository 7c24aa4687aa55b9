import type { MediaKind } from '../../../shared/models/file-input.ts'
import { findModel } from '../../data/models.ts'
import { nameOfSource, refusalSentence, type UploadSource } from '../../data/uploads.ts'
import { showNotLoaded, useComparison } from '../../state/comparison.ts'
import { addEntries, compareFiles, openComparison } from '../../state/marking.ts'
import { type Place, placeInput } from '../../state/place-input.ts'
import { showProblem } from '../../state/show-problem.ts'
import { useStudio } from '../../state/studio.ts'
import { replaceForm } from '../../state/undo.ts'
import { placeOfUse, USES } from '../../state/uses.ts'
import { kindOfAddress, ownMedia } from '../address.ts'
import { arrive, withFolderFiles } from '../arrive.ts'
import { fileOfDataUrl, isDataUrl } from '../data-url.ts'
import { lookInto } from '../look-into.ts'
import type { Payload } from '../payload.ts'
import { kindOfFile, refusalOf } from '../refusal.ts'
import type { ZoneName } from './zone-list.ts'

/** What a drop can bring that a zone takes. */
export type Dropped = Exclude<Payload, { kind: 'nothing' | 'text' }>

/** One thing that was dropped, and what it is as far as that shows. */
type Thing = { source: UploadSource; kind: MediaKind | null }

/** What the drop needs to know of the stage and of takes. */
export type Surroundings = {
  /** The job of the take on the stage. */
  onStage: string | null
  kindOfJob: (job: string) => MediaKind | null
  restoreJob: (job: string) => Promise<void>
}

/** The field that a zone stands for, for a thing of that kind. */
const placeFor = (zone: ZoneName, kind: MediaKind): Place | undefined => {
  const use = USES.find((each) => each === zone)
  return use && placeOfUse(use, kind)
}

const addTo = (zone: ZoneName, { source, kind }: Thing): void => {
  const name = nameOfSource(source)
  // What does not show is taken for what the chosen task works on; the server's word on it counts.
  const chosen = findModel(useStudio.getState().modelId)
  const taken = zone === 'edit' ? (kind ?? (chosen?.task === 'video-edit' ? 'video' : 'image')) : 'image'
  const place = placeFor(zone, taken)
  if (!place) return showProblem(`No model here takes ${name} that way.`)
  if (!('file' in source)) return void placeInput({ source, kind: taken, name }, place)
  const reason = refusalOf(source.file, taken)
  void lookInto(source.file)
  if (reason === null) return void placeInput({ source, kind: taken, name }, place)
  showProblem(refusalSentence(name, reason))
}

const addFiles = (zone: ZoneName, files: readonly File[]): void => {
  const [first, second, ...others] = files
  if (!first) return
  const kind = kindOfFile(first)
  if (!second) return addTo(zone, { source: { file: first }, kind })
  if (zone === 'first' && others.length === 0) {
    addTo('first', { source: { file: first }, kind })
    return addTo('last', { source: { file: second }, kind: kindOfFile(second) })
  }
  const place = placeFor(zone, zone === 'edit' ? kind : 'image')
  if (!place || (zone !== 'animate' && zone !== 'edit')) return arrive({ kind: 'files', files }, 'dropped')
  const { modelId, chooseModel, showTab } = useStudio.getState()
  replaceForm(`${files.length} files go to ${place.model.title}.`, () => {
    if (place.model.id !== modelId) chooseModel(place.model.id)
  })
  showTab('make')
  void import('../many/many-files.ts').then(
    ({ addManyFiles }) => addManyFiles(place.slot, zone === 'edit' ? kind : 'image', files),
    showNotLoaded,
  )
}

const compareBeside = (payload: Dropped, { onStage }: Surroundings): void => {
  const isOpen = useComparison.getState().isOpen
  if (payload.kind === 'take') {
    const ids = isOpen || onStage === null ? [payload.id] : [onStage, payload.id]
    addEntries(ids.map((id) => ({ kind: 'take', id })))
    return openComparison()
  }
  if (payload.kind !== 'files') return arrive(payload, 'dropped')
  // One alone is looked at beside what is on the stage.
  const beside = payload.files.length === 1 && !isOpen && onStage !== null
  if (beside) addEntries([{ kind: 'take', id: onStage }])
  compareFiles(payload.files)
}

const restoreFrom = async (payload: Dropped, { restoreJob }: Surroundings): Promise<void> => {
  if (payload.kind === 'take') return restoreJob(payload.id)
  const file = payload.kind === 'files' ? payload.files[0] : undefined
  if (!file) return arrive(payload, 'dropped')
  if (!(await lookInto(file)))
    showProblem(
      `${file.name} carries no settings: it was not made here or in ComfyUI, or they were taken away on the way.`,
    )
}

/** Does what the zone says with what was dropped on it. */
export const dropOnZone = (zone: ZoneName, payload: Dropped, around: Surroundings): void => {
  if (payload.kind === 'folder')
    return void withFolderFiles(payload, (files) => dropOnZone(zone, { kind: 'files', files }, around))
  if (zone === 'compare') return compareBeside(payload, around)
  if (zone === 'restore') return void restoreFrom(payload, around)
  switch (payload.kind) {
    case 'files':
      return addFiles(zone, payload.files)
    case 'take':
      return addTo(zone, { source: { own: { job: payload.id } }, kind: around.kindOfJob(payload.id) })
    case 'address': {
      if (isDataUrl(payload.url)) {
        const file = fileOfDataUrl(payload.url, 'Dropped picture')
        return file ? addFiles(zone, [file]) : arrive(payload, 'dropped')
      }
      const own = ownMedia(payload.url, location.origin)
      return addTo(zone, {
        source: own ? { own } : { url: payload.url },
        kind: own ? null : kindOfAddress(payload.url),
      })
    }
    default:
      return payload satisfies never
  }
}
