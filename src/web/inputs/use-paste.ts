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

const paste = (event: ClipboardEvent) => {
  const file = event.clipboardData?.files[0]
  if (file) {
    const target = targetFor(file.type)
    if (!target) return
    event.preventDefault()
    void takeIn(target.slot, target.accepts, { file })
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

/** Pasting a file anywhere in the studio puts it where it belongs. */
export const usePaste = () => {
  useEffect(() => {
    document.addEventListener('paste', paste)
    return () => document.removeEventListener('paste', paste)
  }, [])
}
