import type { FileResource } from '../../../shared/media.ts'
import { routes } from '../../../shared/routes.ts'
import { maxSourceSeconds } from '../../../shared/source-seconds.ts'
import { rendererTitle } from '../../data/renderer-titles.ts'
import { makerOf } from '../../state/source-limit.ts'
import { useModel } from '../../state/studio.ts'
import { useMakers } from '../../state/wanted.ts'
import { wholeSeconds } from '../file-words.ts'
import { addPart } from './parts.ts'
import { TrimDialog } from './trim-dialog.tsx'
import { useTrims } from './trims.ts'

export type SlotTrimProps = { slot: string; file: FileResource | File; onClose: () => void }

/** Chooses a part of the clip in a field, or, of one that is a part itself, another part of the same clip. */
export const SlotTrim = ({ slot, file, onClose }: SlotTrimProps) => {
  const model = useModel()
  const { wanted } = useMakers(model)
  const before = useTrims(({ trims }) => (file instanceof File ? undefined : trims[file.id]))
  const of = before?.of ?? file
  const maker = makerOf(wanted)
  const seconds = maxSourceSeconds(model, maker)
  const who = maker.renderer === 'local' ? 'The local engine' : (maker.engine ?? rendererTitle(maker.renderer))
  return (
    <TrimDialog
      source={of instanceof File ? of : routes.fileContent(of.id)}
      name={(of instanceof File ? of.name : of.filename) ?? 'the clip'}
      limit={seconds === null ? null : { seconds, words: `${who} takes up to ${wholeSeconds(seconds)}.` }}
      begin={before ?? null}
      onCut={(part) => {
        onClose()
        void addPart(slot, of, part)
      }}
      onClose={onClose}
    />
  )
}
