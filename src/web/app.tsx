import { QueryClientProvider, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useDeferredValue, useEffect, useState } from 'react'
import { findModel, modelListOptions } from './data/models.ts'
import { createQueryClient } from './data/query-client.ts'
import { followRenderers } from './data/renderers.ts'
import { useResend } from './data/resend.ts'
import { followSpending } from './data/spending.ts'
import { useTakes } from './data/takes.ts'
import { refuseUpload } from './data/uploads.ts'
import { MakeForm } from './forms/make-form.tsx'
import { useSubmit } from './forms/use-submit.ts'
import {
  ArrivalOffer,
  begin,
  Dialogs,
  ExampleList,
  Examples,
  FormNotice,
  follow,
  loadSoon,
  Many,
  MediaControl,
  Offer,
  PageNews,
  StageLineage,
  Zones,
} from './later-parts.tsx'
import { Layout } from './shell/layout.tsx'
import type { Example } from './stage/examples.tsx'
import { Stage } from './stage/stage.tsx'
import { useLayout } from './state/layout.ts'
import { useStudio } from './state/studio.ts'
import { followSystemTheme } from './state/theme.ts'
import { useAddress } from './state/use-address.ts'
import { TakeList, Wall } from './takes/take-list.tsx'
import { useLater } from './ui/use-later.ts'
import { useMediaQuery } from './ui/use-media-query.ts'

/** Where the columns are tabs. */
const NARROW = '(max-width: 899px)'

/** On a phone the form is what is seen first, and the stage with its examples is not: before there is a take, both. */
const FirstSteps = ({ onRun }: { onRun: (example: Example) => void }) => {
  const { takes, loading } = useTakes()
  const narrow = useMediaQuery(NARROW)
  if (!narrow || loading || takes.length > 0) return null
  return (
    <section aria-label="Examples">
      <h2 className="pb-2 font-medium text-soft">Or take one of these</h2>
      <ExampleList onRun={onRun} />
    </section>
  )
}

/** What ends the form. */
const Below = ({ onRun }: { onRun: (example: Example) => void }) => (
  <>
    <Many />
    <FirstSteps onRun={onRun} />
  </>
)

/** The stage, or the wall in its place. */
const Middle = ({ onRun }: { onRun: (example: Example) => void }) => {
  // A hundred cards are more than fits between a key and the next paint.
  const wall = useDeferredValue(useLayout((state) => state.wall))
  if (wall) return <Wall />
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="min-h-0 flex-1">
        <Stage empty={<Examples onRun={onRun} />} />
      </div>
      <StageLineage />
    </div>
  )
}

const Studio = () => {
  const queryClient = useQueryClient()
  const ask = useSubmit()
  useLater(begin)
  useAddress()
  useResend(({ message }) => useStudio.getState().setProblems({ fields: {}, message }))
  useLater(useCallback(() => follow(queryClient), [queryClient]))
  useEffect(() => followRenderers(queryClient), [queryClient])
  useEffect(() => followSpending(queryClient), [queryClient])
  useQuery(modelListOptions)
  useEffect(followSystemTheme, [])
  useEffect(loadSoon, [])

  const run = async ({ modelId, prompt, sample, takes }: Example) => {
    const model = findModel(modelId)
    if (!model) return
    useStudio.getState().fill(model, { prompt })
    useStudio.getState().setTakes(takes)
    if (sample) {
      try {
        const [{ makeSample }, { addFile }] = await Promise.all([
          import('./inputs/sample.ts'),
          import('./inputs/add-file.ts'),
        ])
        await addFile(sample.slot, sample.kind, { file: await makeSample(sample.kind) })
      } catch (error) {
        refuseUpload(
          sample.slot,
          'Sample',
          `could not be made: ${error instanceof Error ? error.message : String(error)}`,
        )
        return
      }
    }
    ask()
  }

  const runNow = (example: Example) => void run(example)
  return (
    <>
      <Layout
        offer={
          <>
            <ArrivalOffer />
            <Offer />
          </>
        }
        columns={{
          make: <MakeForm submit={ask} media={MediaControl} above={<FormNotice />} below={<Below onRun={runNow} />} />,
          stage: <Middle onRun={runNow} />,
          takes: <TakeList />,
        }}
      />
      <Zones />
      <Dialogs />
      <PageNews />
    </>
  )
}

export const App = () => {
  const [queryClient] = useState(createQueryClient)
  return (
    <QueryClientProvider client={queryClient}>
      <Studio />
    </QueryClientProvider>
  )
}
