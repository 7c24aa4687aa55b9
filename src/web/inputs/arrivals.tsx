import { useUndo } from '../state/undo.ts'
import { later } from '../ui/later.tsx'
import { useMany } from '../state/many.ts'
import { useSettingsOffer } from './recipe/settings-offer.ts'

const UndoNotice = later(async () => (await import('./undo-notice.tsx')).UndoNotice)
const RestoreOffer = later(async () => (await import('./recipe/restore-offer.tsx')).RestoreOffer)
const ManyLine = later(async () => (await import('./many/many-line.tsx')).ManyLine)

/** What is offered for a file that was brought in, under the top bar. */
export const ArrivalOffer = () => {
  const offer = useSettingsOffer((state) => state.offer)
  return offer && <RestoreOffer offer={offer} />
}

/** What replaced the form, at its head: said there, it moves no picture. */
export const FormNotice = () => {
  const undo = useUndo(({ done, undone, said }) => said !== null || done.length + undone.length > 0)
  return undo && <UndoNotice />
}

/** What is said of several files for one field, at the end of the form. */
export const Many = () => {
  const many = useMany((state) => state.many !== null)
  return many && <ManyLine />
}
