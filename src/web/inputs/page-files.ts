import { TAKE_TYPE } from '../state/take-drag.ts'
import { isBehindModal } from '../ui/behind-modal.ts'
import { textFieldAt } from '../ui/takes-text.ts'
import { arrive, compare, targetAt } from './arrive.ts'
import { payloadOf, wordsIn } from './payload.ts'

/** Where the focus is decides: words go to the text that is being written, whatever else is on the clipboard. */
const paste = (event: ClipboardEvent) => {
  const { clipboardData } = event
  if (!clipboardData || isBehindModal()) return
  const focus = document.activeElement
  const typing = textFieldAt(focus) !== null
  if (typing && wordsIn(clipboardData, 'pasted') !== '') return
  const payload = payloadOf(clipboardData)
  const target = targetAt(focus)
  if (payload.kind === 'nothing' || (payload.kind === 'text' && (typing || !target))) return
  event.preventDefault()
  arrive(payload, 'pasted', target)
}

// Without this, a file or an address that is let go beside a field would replace the studio.
const dragOver = (event: DragEvent) => {
  const types = event.dataTransfer?.types ?? []
  if (
    types.includes('Files') ||
    types.includes(TAKE_TYPE) ||
    (types.includes('text/uri-list') && !textFieldAt(event.target))
  )
    event.preventDefault()
}

const drop = (event: DragEvent) => {
  const { dataTransfer, target } = event
  // Media fields see to what is dropped on them.
  if (!dataTransfer || targetAt(target)) return
  if (textFieldAt(target) && wordsIn(dataTransfer, 'dropped') !== '') return
  const payload = payloadOf(dataTransfer)
  if (payload.kind === 'nothing' || payload.kind === 'text') return
  event.preventDefault()
  if (isBehindModal()) return
  const onComparison = target instanceof Element && target.closest('[data-takes-files=compare]') !== null
  if (onComparison) compare(payload)
  else arrive(payload, 'dropped')
}

/**
 * What is pasted or dropped anywhere in the studio goes where it belongs. Several files at once that no field was given
 * are there to be compared, and so is one that is dropped where a comparison stands. Gives the undoing.
 */
export const hearPageFiles = (): (() => void) => {
  const listening = new AbortController()
  const { signal } = listening
  document.addEventListener('paste', paste, { signal })
  document.addEventListener('dragover', dragOver, { signal })
  document.addEventListener('drop', drop, { signal })
  return () => listening.abort()
}
