import type { Model } from '../../shared/models/index.ts'
import { type Candidate, isReady } from '../data/renderer-choice.ts'
import { rendererTitle } from '../data/renderer-titles.ts'
import { costWords, engineWords, licenceWords } from '../data/renderer-words.ts'
import { showRenderers } from '../state/dialogs.ts'
import { useStudio } from '../state/studio.ts'
import { type Makers, useMakers } from '../state/wanted.ts'
import { Button } from '../ui/button.tsx'
import { onePress } from '../ui/one-press.ts'
import { askedFor } from './asked-for.ts'
import { useRenderers } from '../data/renderers.ts'

const LINK = 'underline decoration-edge underline-offset-2 hover:text-ink hover:decoration-ink'

const More = ({ of, children }: { of: Candidate | undefined; children: string }) => (
  <button type="button" className={LINK} onClick={() => showRenderers(of?.name)}>
    {children}
  </button>
)

/** Why whoever is wanted cannot make it now, and where to read more. */
const Hindered = ({ wanted }: { wanted: Candidate }) => {
  const { status, offer } = wanted
  const missing = offer?.missing.length ?? 0
  const lacks =
    missing === 0 ? offer?.reason : `${engineWords(wanted)} lacks ${missing === 1 ? 'a piece' : `${missing} pieces`}.`
  const reason = status?.state === 'ready' ? lacks : status?.note
  return (
    <p className="min-w-48 flex-1 text-xs text-trouble">
      {reason ?? `${rendererTitle(wanted.name)} cannot make this now.`}{' '}
      <More of={wanted}>{missing > 0 ? 'What is missing' : 'Renderers'}</More>
    </p>
  )
}

/** Someone else who would make it, had they all it takes. */
const Nearly = ({ candidates }: Pick<Makers, 'candidates'>) => {
  const nearly = candidates.find(
    ({ name, offer }) => name !== 'local' && offer && !offer.ready && offer.missing.length > 0,
  )
  if (!nearly) return null
  const count = nearly.offer?.missing.length ?? 0
  return (
    <p className="text-xs text-faint">
      {engineWords(nearly)} lacks {count === 1 ? 'a piece' : `${count} pieces`}.{' '}
      <More of={nearly}>What is missing</More>
    </p>
  )
}

/** Who was connected for nothing, as far as this model goes. */
const useNotServedBy = ({ candidates }: Makers): string | null => {
  const connected = useRenderers()?.filter(
    ({ name, state, chosen_only }) => name !== 'local' && state === 'ready' && !chosen_only,
  )
  const [first, ...others] = connected ?? []
  if (!first || candidates.some(({ name }) => name !== 'local')) return null
  return others.length === 0 ? `${first.title} does not serve this model` : 'no connected renderer serves this model'
}

/** One line that says what will run, where, and what it costs; a local draft is one press away from anything else. */
export const WhatWillRun = ({
  model,
  count,
  onDraft,
}: {
  model: Model
  /** How many takes are asked for. */
  count: number
  onDraft: () => void
}) => {
  const makers = useMakers(model)
  const draft = useStudio((state) => state.draft)
  const notServedBy = useNotServedBy(makers)
  const { wanted, candidates } = makers
  if (!wanted)
    return (
      <p className="text-xs text-trouble">
        No renderer is connected that runs this. <More of={undefined}>Renderers</More>
      </p>
    )
  if (wanted.name === 'local')
    return (
      <>
        <p className="text-xs text-faint">Free · local draft{notServedBy !== null && `, since ${notServedBy}`}</p>
        <Nearly candidates={candidates} />
      </>
    )
  const asked = askedFor(model, draft)
  const cost = costWords(wanted, asked, count)
  const licence = licenceWords(wanted)
  const perClip = model.task === 'video-edit' && asked.seconds === undefined && cost.startsWith('about')
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      {isReady(wanted) ? (
        <p className="min-w-0 flex-1 text-xs text-faint">
          {engineWords(wanted)} · {cost}
          {perClip && ' for 5 s'}
          {licence !== null && ` · ${licence}`}
        </p>
      ) : (
        <Hindered wanted={wanted} />
      )}
      {candidates.some(({ name }) => name === 'local') && (
        <Button size="small" data-tip="Free, on this machine, for this once" {...onePress(onDraft)}>
          Make it locally
        </Button>
      )}
    </div>
  )
}
