import { fieldsOf } from '../../shared/models/describe.ts'
import { RESOLUTIONS } from '../../shared/models/fields.ts'
import { estimatePrice } from '../../shared/models/price.ts'
import { MAX_EDIT_SECONDS } from '../../shared/media.ts'
import { useHealth, wantedRenderer } from '../data/health.ts'
import { useUploads } from '../data/uploads.ts'
import { type Draft, isFile, slotOf } from '../state/draft.ts'
import { useModel, useStudio } from '../state/studio.ts'
import { Button } from '../ui/button.tsx'
import { formatDollars } from '../ui/format.ts'
import { rendererFor } from './model-words.ts'

const lengthOf = (draft: Draft): number | undefined => {
  const source = draft['data:video']
  return isFile(source) && source.media.duration !== null
    ? Math.min(MAX_EDIT_SECONDS, source.media.duration)
    : undefined
}

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** What it will cost and who will make it, and the button that acts. */
export const GenerateBar = () => {
  const model = useModel()
  const draft = useStudio((state) => state.draft)
  const chosen = useStudio((state) => state.renderer)
  const message = useStudio((state) => state.problems.message)
  const uploads = useUploads((state) => state.bySlot)
  const health = useHealth()
  const uploading = fieldsOf(model).some((field) => uploads[slotOf(field)]?.state === 'uploading')
  const wanted = wantedRenderer(health, chosen)
  const renderer = rendererFor(model, wanted)
  const resolution = RESOLUTIONS.find((each) => each === draft['resolution'])
  const seconds = model.task === 'video-edit' ? lengthOf(draft) : undefined
  const price = estimatePrice(model, { resolution, seconds })
  return (
    <div className="flex flex-col gap-2 border-t border-line px-4 pt-3 pb-4">
      {message && (
        <p role="alert" className="text-trouble">
          {message}
        </p>
      )}
      <Button look="accent" type="submit" className="h-10 w-full text-sm" disabled={uploading}>
        {uploading ? 'Uploading…' : 'Generate'}
        {!uploading && (
          <kbd className="font-sans text-xs font-medium opacity-70 pointer-coarse:hidden" aria-hidden>
            {isApple ? '⌘⏎' : 'Ctrl ⏎'}
          </kbd>
        )}
      </Button>
      <p className="text-xs text-faint">
        {renderer === 'local' ? (
          <>Free · local draft{wanted === 'decart' && ', since Decart does not serve this model'}</>
        ) : price === null ? (
          'Decart bills it; no price is known.'
        ) : (
          <>
            About {formatDollars(price)} at Decart
            {model.task === 'video-edit' && seconds === undefined && ' for 5 s'}
          </>
        )}
      </p>
    </div>
  )
}
