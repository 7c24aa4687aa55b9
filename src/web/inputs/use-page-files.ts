import { useEffect } from 'react'
import { mediaFieldsOf } from '../../shared/models/describe.ts'
import { isHttpUrl, type MediaKind } from '../../shared/models/file-input.ts'
import { findModel } from '../../shared/models/index.ts'
import { sayNotLoaded } from '../state/comparison.ts'
import { emptySlotFor, slotForMedia } from '../state/draft.ts'
import { useStudio } from '../state/studio.ts'
import { takeIn } from './take-in.ts'

type Target = { slot: string; accepts: MediaKind }

const asTarget = (slot: string | undefined): Target | undefined => {
  const accepts = slot?.split(':')[1]
  return slot !== undefined && (accepts === 'image' || accepts === 'video') ? { slot, accepts } : undefined
}

type Arrival = 'pasted' | 'dropped'

/**
 * Where a file goes that was not given to a field: to the field that has the focus, else to an empty one. What is
 * dropped may take the place of what was there; what is pasted takes nothing's place unasked.
 */
const targetFor = (file: File, arrival: Arrival): Target | undefined => {
  const focused = document.activeElement?.closest<HTMLElement>('[data-media-slot]')
  if (focused) return asTarget(focused.dataset['mediaSlot'])
  const { modelId, draft } = useStudio.getState()
  const model = findModel(modelId)
  if (!model) return undefined
  const wanted = new Set(mediaFieldsOf(model).values())
  const kind: MediaKind = file.type.startsWith('video/') ? 'video' : 'image'
  // A file of a kind that the model has no field for still goes to a field, which says why it does not fit.
  const accepted = wanted.has(kind) ? kind : kind === 'video' ? 'image' : 'video'
  return asTarget((arrival === 'pasted' ? emptySlotFor : slotForMedia)(model, draft, accepted))
}

const take = (file: File, arrival: Arrival) => {
  const target = targetFor(file, arrival)
  if (target) return void takeIn(target.slot, target.accepts, { file })
  const { modelId, setProblems, showTab } = useStudio.getState()
  const model = findModel(modelId)
  const full = model !== undefined && mediaFieldsOf(model).size > 0
  setProblems({
    fields: {},
    message: full
      ? 'There is no empty field for the file that was pasted: remove one first, or put the focus on the one to replace.'
      : `${model?.title ?? modelId} takes no file. Choose a model that does, then add it again.`,
  })
  showTab('make')
}

const paste = (event: ClipboardEvent) => {
  const file = event.clipboardData?.files[0]
  if (file) {
    event.preventDefault()
    take(file, 'pasted')
    return
  }
  const text = event.clipboardData?.getData('text/plain').trim() ?? ''
  const typing = document.activeElement?.matches('input, textarea')
  const focused = document.activeElement?.closest<HTMLElement>('[data-media-slot]')
  const target = asTarget(focused?.dataset['mediaSlot'])
  if (!typing && target && isHttpUrl(text)) {
    event.preventDefault()
    void takeIn(target.slot, target.accepts, { url: text })
  }
}

// Without this a file dropped beside a field would replace the studio by itself.
const dragOver = (event: DragEvent) => {
  if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
}

const drop = (event: DragEvent) => {
  const files = event.dataTransfer?.files
  const file = files?.[0]
  const onField = event.target instanceof Element && event.target.closest('[data-media-slot]')
  if (!file || onField) return
  event.preventDefault()
  const toCompare = event.target instanceof Element && event.target.closest('[data-takes-files=compare]')
  if (files.length === 1 && !toCompare) return take(file, 'dropped')
  const several = [...files]
  void import('../state/marking.ts').then(({ compareFiles }) => compareFiles(several), sayNotLoaded)
}

/**
 * A file pasted or dropped anywhere in the studio goes where it belongs. Several at once that no field was given are
 * there to be compared, and so is one that is dropped where a comparison stands.
 */
export const usePageFiles = () => {
  useEffect(() => {
    const listening = new AbortController()
    const { signal } = listening
    document.addEventListener('paste', paste, { signal })
    document.addEventListener('dragover', dragOver, { signal })
    document.addEventListener('drop', drop, { signal })
    return () => listening.abort()
  }, [])
}
