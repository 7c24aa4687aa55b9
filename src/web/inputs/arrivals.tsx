import { useUndo } from '../state/undo.ts'
import { later } from '../ui/later.tsx'
import { useMany } from './many/many.ts'
import { useSettingsOffer } from './recipe/settings-offer.ts'

const UndoNotice = later(async () => (await import('./undo-notice.tsx')).UndoNotice)
const RestoreOffer = later(async () => (await import('./recipe/restore-offer.tsx')).RestoreOffer)
const ManyLine = later(async () => (await import('./many/many-line.tsx')).ManyLine)

/** What is said of what was brought in, under the top bar. */
export const ArrivalNotices = () => {
  const undo = useUndo(({ done, undone, said }) => said !== null || done.length + undone.length > 0)
  const offer = useSettingsOffer((state) => state.offer)
  return (
    <>
      {undo && <UndoNotice />}
      {offer && <RestoreOffer offer={offer} />}
    </>
  )
}

/** What is said of several files for one field, at the end of the form. */
export const Many = () => {
  const many = useMany((state) => state.many !== null)
  return many && <ManyLine />
}
