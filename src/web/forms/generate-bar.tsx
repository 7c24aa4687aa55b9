import type { RendererName } from '../../shared/job.ts'
import { fieldsOf } from '../../shared/models/describe.ts'
import { isSending, useSubmissions } from '../data/submissions.ts'
import { isOnItsWay, useUploads } from '../data/uploads.ts'
import { slotOf } from '../state/draft.ts'
import { countOf, manyFor, useMany } from '../state/many.ts'
import { useModel, useStudio } from '../state/studio.ts'
import { Button } from '../ui/button.tsx'
import { later } from '../ui/later.tsx'
import { onePress } from '../ui/one-press.ts'
import { useSteady } from '../ui/use-steady.ts'
import { useFound } from './repeat.ts'
import type { RepeatNoticeProps } from './repeat-notice.tsx'
import { SpentToday } from './spent-today.tsx'
import { amountOf } from './plan-batch.ts'
import { TakesPick } from './takes-pick.tsx'
import { WhatWillRun } from './what-will-run.tsx'

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)

const RepeatNotice = later<RepeatNoticeProps>(async () => (await import('./repeat-notice.tsx')).RepeatNotice)

/** What it will cost and who will make it, and the button that acts. */
export const GenerateBar = ({ submit }: { submit: (renderer?: RendererName, again?: boolean) => void }) => {
  const model = useModel()
  const found = useFound()
  const message = useStudio((state) => state.problems.message)
  const draft = useStudio((state) => state.draft)
  const takes = useStudio((state) => state.takes)
  const files = useMany(({ many }) => countOf(manyFor(many, model)))
  const amount = amountOf(model, draft, takes, files)
  const uploads = useUploads((state) => state.bySlot)
  const sending = useSteady(useSubmissions(isSending))
  const onTheirWay = fieldsOf(model)
    .map((field) => uploads[slotOf(field)])
    .filter(isOnItsWay)
  const uploading = onTheirWay.length > 0
  const waiting = onTheirWay.some(({ state }) => state === 'waiting')
  return (
    <div className="flex flex-col gap-2 border-t border-line px-4 pt-3 pb-4 [@media(max-height:499px)]:py-2">
      {message && (
        <p role="alert" className="text-trouble">
          {message}
        </p>
      )}
      {found && <RepeatNotice found={found} submit={submit} />}
      {/* On a phone that lies both stand in one row: the form needs the height. */}
      <div className="flex flex-col gap-2 [@media(max-height:499px)]:flex-row [@media(max-height:499px)]:*:flex-1">
        <TakesPick amount={amount} />
        <Button
          variant="accent"
          type="submit"
          className="h-10 w-full text-sm"
          disabled={uploading}
          aria-disabled={sending || undefined}
          {...onePress()}
        >
          {waiting
            ? 'Waiting for the server…'
            : uploading
              ? 'Uploading…'
              : sending
                ? 'Sending…'
                : amount.all === 1
                  ? 'Generate'
                  : `Generate ${amount.all}`}
          {!uploading && !sending && (
            <kbd className="font-sans text-xs font-medium opacity-70 pointer-coarse:hidden" aria-hidden>
              {isApple ? '⌘⏎' : 'Ctrl ⏎'}
            </kbd>
          )}
        </Button>
      </div>
      <WhatWillRun model={model} count={amount.all} onDraft={() => submit('local')} />
      <SpentToday />
    </div>
  )
}
