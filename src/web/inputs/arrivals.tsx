import { lazy, Suspense } from 'react'
import { useUndo } from '../state/undo.ts'
import { useMany } from '../state/many.ts'
import { useSettingsOffer } from './recipe/settings-offer.ts'

const UndoNotice = lazy(async () => ({ default: (await import('./undo-notice.tsx')).UndoNotice }))
const RestoreOffer = lazy(async () => ({ default: (await import('./recipe/restore-offer.tsx')).RestoreOffer }))
const ManyLine = lazy(async () => ({ default: (await import('./many/many-line.tsx')).ManyLine }))

/** What is said of what was brought in, under the top bar. */
export const ArrivalNotices = () => {
  const undo = useUndo(({ done, undone, said }) => said !== null || done.length + undone.length > 0)
  const offer = useSettingsOffer((state) => state.offer)
  return (
    <Suspense>
      {undo && <UndoNotice />}
      {offer && <RestoreOffer offer={offer} />}
    </Suspense>
  )
}

/** What is said of several files for one field, at the end of the form. */
export const Many = () => {
  const many = useMany((state) => state.many !== null)
  return <Suspense>{many && <ManyLine />}</Suspense>
}
