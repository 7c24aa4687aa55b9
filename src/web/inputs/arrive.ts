import { mediaFieldsOf } from '../../shared/models/describe.ts'
import type { MediaKind } from '../../shared/models/file-input.ts'
import { findModel } from '../data/models.ts'
import { isOnItsWay, refuseWith, useUploads } from '../data/uploads.ts'
import { sayNotLoaded, useComparison } from '../state/comparison.ts'
import { offerWorkflow, showWorkflow } from '../state/dialogs.ts'
import { slotForMedia } from '../state/draft.ts'
import { useStudio } from '../state/studio.ts'
import { kindOfAddress, ownMedia } from './address.ts'
import { fileOfDataUrl, isDataUrl } from './data-url.ts'
import type { Arrival, Payload } from './payload.ts'
import { folderSentence, isJson, tooMany, WANTED } from './refusal.ts'
import { takeIn } from './take-in.ts'

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
  const isTaken = (slot: string) => draft[slot] !== undefined || isOnItsWay(uploads[slot])
  return model && asTarget(slotForMedia(model, kind, isTaken, arrival === 'dropped'))
}

/** What cannot be said at a field is said above the button. */
const sayAbove = (message: string) => {
  const { setProblems, showTab } = useStudio.getState()
  setProblems({ fields: {}, message })
  showTab('make')
}

const refuse = (target: Target | undefined, sentence: string) =>
  target ? refuseWith(target.slot, sentence) : sayAbove(sentence)

const sayNoPlace = (arrival: Arrival) => {
  const { modelId } = useStudio.getState()
  const model = findModel(modelId)
  const full = model !== undefined && mediaFieldsOf(model).size > 0
  sayAbove(
    full
      ? `There is no empty field for what was ${arrival}: remove one first, or put the focus on the one to replace.`
      : `${model?.title ?? modelId} takes no file. Choose a model that does, then add it again.`,
  )
}

const kindOfFile = ({ type }: File): MediaKind => (type.startsWith('video/') ? 'video' : 'image')

/** Offers to run the workflow that a file carries; gives whether there seems to be one. */
const lookForWorkflow = async (file: File): Promise<boolean> => {
  try {
    const { carriesWorkflow } = await import('./carries-workflow.ts')
    const found = await carriesWorkflow(file)
    if (found) offerWorkflow(file)
    return found
  } catch {
    // What looks into files could not be loaded: the file is an input like any other.
    return false
  }
}

/** Takes one file in, at a field or wherever it fits. A workflow that it carries is offered besides. */
const arriveFile = (file: File, arrival: Arrival, at: Target | undefined) => {
  offerWorkflow(null)
  if (isJson(file)) return showWorkflow({ file })
  const target = at ?? targetFor(kindOfFile(file), arrival)
  if (target) void takeIn(target.slot, target.accepts, { file })
  else sayNoPlace(arrival)
  void lookForWorkflow(file).then((found) => {
    // What it is good for is said instead.
    if (found && !target) useStudio.getState().setProblems({ fields: {}, message: null })
  })
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
  const target = at ?? targetFor(own ? null : kindOfAddress(url), arrival)
  if (target) void takeIn(target.slot, target.accepts, own ? { own } : { url })
  else sayNoPlace(arrival)
}

/**
 * Brings what was pasted or dropped to where it belongs: to the field that it was given to, else to one that it fits.
 * What cannot be used is refused in words, at the field where there is one.
 */
export const arrive = (payload: Exclude<Payload, { kind: 'nothing' }>, arrival: Arrival, at?: Target): void => {
  switch (payload.kind) {
    case 'files': {
      const [file, ...others] = payload.files
      if (others.length > 0) return refuse(at, tooMany(payload.files.length, arrival))
      return file && arriveFile(file, arrival, at)
    }
    case 'address':
      return arriveAddress(payload.url, arrival, at)
    case 'folder':
      return refuse(at, folderSentence(payload.name, at ? 'one' : 'any'))
    case 'text':
      return at && refuse(at, `What was ${arrival} is text. ${WANTED[at.accepts]}`)
    default:
      return payload satisfies never
  }
}

/** Takes to the comparison what no field was given: several files, or what is let go where a comparison stands. */
export const compare = (payload: Exclude<Payload, { kind: 'nothing' | 'text' }>): void => {
  switch (payload.kind) {
    case 'files':
      return void import('../state/marking.ts').then(({ compareFiles }) => compareFiles(payload.files), sayNotLoaded)
    case 'folder':
      return useComparison.setState({ notice: folderSentence(payload.name, 'any') })
    case 'address':
      return useComparison.setState({
        notice: 'Only files of this machine can be dropped on a comparison: save it first, then drop the file.',
      })
    default:
      return payload satisfies never
  }
}
