import { fieldsOf, mediaFieldsOf } from '../../shared/models/describe.ts'
import type { MediaKind } from '../../shared/models/file-input.ts'
import { findModel } from '../data/models.ts'
import { nameOfSource, refusalSentence, refuseWith, type UploadSource, useUploads } from '../data/uploads.ts'
import { showNotLoaded, useComparison } from '../state/comparison.ts'
import { offerWorkflow, showWorkflow } from '../state/dialogs.ts'
import { slotForMedia, slotOf } from '../state/draft.ts'
import { placeInput, workPlace } from '../state/place-input.ts'
import { showProblem } from '../state/show-problem.ts'
import { useStudio } from '../state/studio.ts'
import { replaceForm } from '../state/undo.ts'
import { endSlots } from '../state/uses.ts'
import { kindOfAddress, ownMedia } from './address.ts'
import { fileOfDataUrl, isDataUrl } from './data-url.ts'
import { lookInto } from './look-into.ts'
import type { Arrival, Payload } from './payload.ts'
import { isJson, kindOfFile, refusalOf, tooMany, WANTED } from './refusal.ts'
import { addFile } from './add-file.ts'

/** A media field: where it keeps its value, and what it takes. */
export type Target = { slot: string; accepts: MediaKind }

const asTarget = (slot: string | undefined): Target | undefined => {
  const accepts = slot?.split(':')[1]
  return slot !== undefined && (accepts === 'image' || accepts === 'video') ? { slot, accepts } : undefined
}

/** The media field around an element. */
export const targetAt = (element: EventTarget | null): Target | undefined =>
  element instanceof Element
    ? asTarget(element.closest<HTMLElement>('[data-media-slot]')?.dataset['mediaSlot'])
    : undefined

/** What is dropped may take the place of what was there; what is pasted takes nothing's place unasked. */
const targetFor = (kind: MediaKind | null, arrival: Arrival): Target | undefined => {
  const { modelId, draft } = useStudio.getState()
  const model = findModel(modelId)
  const uploads = useUploads.getState().bySlot
  const isTaken = (slot: string) => draft[slot] !== undefined || (uploads[slot]?.state ?? 'refused') !== 'refused'
  return model && asTarget(slotForMedia(model, kind, isTaken, arrival === 'dropped'))
}

const refuse = (target: Target | undefined, sentence: string) =>
  target ? refuseWith(target.slot, sentence) : showProblem(sentence)

/**
 * Puts something where it fits best: into a field of the chosen model, else into one of a model that works on such things.
 * `kind` is null where it does not show; what the server finds it to be decides then.
 */
const toBestFit = (source: UploadSource, kind: MediaKind | null, arrival: Arrival) => {
  const model = findModel(useStudio.getState().modelId)
  const kinds = new Set(model && mediaFieldsOf(model).values())
  const hasField = kind === null ? kinds.size > 0 : kinds.has(kind)
  const target = hasField ? targetFor(kind, arrival) : undefined
  const name = nameOfSource(source)
  if (model && target) return void placeInput({ source, kind: target.accepts, name }, { model, slot: target.slot })
  if (hasField)
    return showProblem(
      `There is no empty field for what was ${arrival}: remove one first, or put the focus on the one to replace.`,
    )
  const place = workPlace(kind ?? 'image')
  if (place) void placeInput({ source, kind: kind ?? 'image', name }, place)
  else showProblem(`No model here takes what was ${arrival}.`)
}

/** Adds one file, at a field or wherever it fits. A workflow or settings that it carries are offered besides. */
const arriveFile = (file: File, arrival: Arrival, at: Target | undefined) => {
  offerWorkflow(null)
  if (isJson(file)) return showWorkflow({ file })
  void lookInto(file)
  const kind = kindOfFile(file)
  if (at) return void addFile(at.slot, at.accepts, { file })
  const reason = refusalOf(file, kind)
  if (reason === null) return toBestFit({ file }, kind, arrival)
  const target = targetFor(kind, arrival)
  if (target) void addFile(target.slot, target.accepts, { file })
  else showProblem(refusalSentence(file.name, reason))
}

const arriveAddress = (url: string, arrival: Arrival, at: Target | undefined) => {
  if (isDataUrl(url)) {
    const name = `${arrival === 'pasted' ? 'Pasted' : 'Dropped'} ${kindOfAddress(url) === 'video' ? 'clip' : 'picture'}`
    const file = fileOfDataUrl(url, name)
    if (file) return arriveFile(file, arrival, at)
    const what = kindOfAddress(url) === null ? 'is no picture and no clip' : 'is damaged or cut short'
    return refuse(at ?? targetFor(null, arrival), `The data: address that was ${arrival} ${what}.`)
  }
  const own = ownMedia(url, location.origin)
  const source = own ? { own } : { url }
  if (at) void addFile(at.slot, at.accepts, source)
  else toBestFit(source, own ? null : kindOfAddress(url), arrival)
}

const addAll = (slot: string, accepts: MediaKind, files: readonly File[]) =>
  void import('./many/many-files.ts').then(({ addManyFiles }) => addManyFiles(slot, accepts, files), showNotLoaded)

/**
 * Several files for one field: the two ends of a transition, or as many takes. A field that only guides the result takes
 * one of them.
 */
const arriveFiles = (files: readonly File[], arrival: Arrival, at: Target) => {
  const model = findModel(useStudio.getState().modelId)
  const ends = model && endSlots(model)
  if (ends && (at.slot === ends.first || at.slot === ends.last)) {
    const [first, last, ...others] = files
    if (!first || !last || others.length > 0)
      return refuse(at, `A transition takes two pictures: ${files.length} were ${arrival}.`)
    void addFile(ends.first, at.accepts, { file: first })
    return void addFile(ends.last, at.accepts, { file: last })
  }
  const field = model && fieldsOf(model).find((each) => slotOf(each) === at.slot)
  if (field?.required) addAll(at.slot, at.accepts, files)
  else refuse(at, tooMany(files.length, arrival))
}

/** Reads folders, and goes on with what is in them; what was left out is said. */
export const withFolderFiles = async (
  { name, entries }: Extract<Payload, { kind: 'folder' }>,
  goOn: (files: readonly File[]) => void,
): Promise<void> => {
  try {
    const { readFolder } = await import('./read-folder.ts')
    const { files, leftOut } = await readFolder(entries)
    if (files.length === 0) return showProblem(`${name} has no pictures and no clips in it.`)
    goOn(files)
    // Said where it stays: what stands above the button goes with the next change, as when the files arrive.
    if (leftOut.length > 0) replaceForm(`Of ${name}: ${leftOut.join(' ')}`, () => undefined)
  } catch {
    showProblem(`${name} could not be read. Open it and drop the files of it instead.`)
  }
}

/**
 * Brings what was pasted or dropped to where it belongs: to the field that it was given to, else to one that it fits.
 * What cannot be used is refused in words, at the field where there is one.
 */
export const arrive = (payload: Exclude<Payload, { kind: 'nothing' }>, arrival: Arrival, at?: Target): void => {
  switch (payload.kind) {
    case 'files': {
      const [file, ...others] = payload.files
      if (others.length > 0)
        return at ? arriveFiles(payload.files, arrival, at) : arriveTogether(payload.files, arrival)
      return file && arriveFile(file, arrival, at)
    }
    case 'address':
      return arriveAddress(payload.url, arrival, at)
    case 'take':
      return at
        ? void addFile(at.slot, at.accepts, { own: { job: payload.id } })
        : toBestFit({ own: { job: payload.id } }, null, arrival)
    case 'folder':
      return void withFolderFiles(payload, (files) => arrive({ kind: 'files', files }, arrival, at))
    case 'text':
      return at && refuse(at, `What was ${arrival} is text. ${WANTED[at.accepts]}`)
    default:
      return payload satisfies never
  }
}

/** Several files that no field was given: the ends of a transition where one is chosen, else what is to be compared. */
const arriveTogether = (files: readonly File[], arrival: Arrival) => {
  const model = findModel(useStudio.getState().modelId)
  const ends = model && endSlots(model)
  const arePictures = files.every((file) => kindOfFile(file) === 'image' && refusalOf(file, 'image') === null)
  if (ends && files.length === 2 && arePictures && !useComparison.getState().isOpen)
    return arriveFiles(files, arrival, { slot: ends.first, accepts: 'image' })
  compare({ kind: 'files', files })
}

/** Takes to the comparison what no field was given: several files, or what is let go where a comparison stands. */
export const compare = (payload: Exclude<Payload, { kind: 'nothing' | 'text' }>): void => {
  switch (payload.kind) {
    case 'files':
      return void import('../state/marking.ts').then(({ compareFiles }) => compareFiles(payload.files), showNotLoaded)
    case 'take':
      return void import('../state/marking.ts').then(({ addEntries, openComparison }) => {
        addEntries([{ kind: 'take', id: payload.id }])
        openComparison()
      }, showNotLoaded)
    case 'folder':
      return void withFolderFiles(payload, (files) => compare({ kind: 'files', files }))
    case 'address':
      return useComparison.setState({
        notice: 'Only files of this machine can be dropped on a comparison: save it first, then drop the file.',
      })
    default:
      return payload satisfies never
  }
}
