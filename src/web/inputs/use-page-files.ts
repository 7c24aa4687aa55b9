import { useEffect } from 'react'
import { mediaFieldsOf } from '../../shared/models/describe.ts'
import { isHttpUrl, type MediaKind } from '../../shared/models/file-input.ts'
import { findModel } from '../../shared/models/index.ts'
import { slotForMedia } from '../state/draft.ts'
import { useStudio } from '../state/studio.ts'
import { takeIn } from './take-in.ts'

type Target = { slot: string; accepts: MediaKind }

const asTarget = (slot: string | undefined): Target | undefined => {
  const accepts = slot?.split(':')[1]
  return slot !== undefined && (accepts === 'image' || accepts === 'video') ? { slot, accepts } : undefined
}

/** The media field that has the focus, or else where the draft has room for that kind of file. */
const targetFor = (type: string): Target | undefined => {
  const focused = document.activeElement?.closest<HTMLElement>('[data-media-slot]')
  if (focused) return asTarget(focused.dataset['mediaSlot'])
  const { modelId, draft } = useStudio.getState()
  const model = findModel(modelId)
  if (!model) return undefined
  const wanted = new Set(mediaFieldsOf(model).values())
  const kind: MediaKind = type.startsWith('video/') ? 'video' : 'image'
  // A file of a kind that the model has no field for is still taken to its first field, which says why not.
  return asTarget(slotForMedia(model, draft, wanted.has(kind) ? kind : kind === 'video' ? 'image' : 'video'))
}

const take = (file: File) => {
  const target = targetFor(file.type)
  if (target) return void takeIn(target.slot, target.accepts, { file })
  const { modelId, setProblems, showTab } = useStudio.getState()
  setProblems({
    fields: {},
    message: `${findModel(modelId)?.title ?? modelId} takes no file. Choose a model that does, then add it again.`,
  })
  showTab('make')
}

const paste = (event: ClipboardEvent) => {
  const file = event.clipboardData?.files[0]
  if (file) {
    event.preventDefault()
    take(file)
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
  const file = event.dataTransfer?.files[0]
  const onField = event.target instanceof Element && event.target.closest('[data-media-slot]')
  if (!file || onField) return
  event.preventDefault()
  take(file)
}

/** A file pasted or dropped anywhere in the studio goes where it belongs. */
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
