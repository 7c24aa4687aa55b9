import { QueryClientProvider, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { findModel, modelListOptions } from './data/models.ts'
import { createQueryClient } from './data/query-client.ts'
import { followRenderers } from './data/renderers.ts'
import { useResend } from './data/resend.ts'
import { followSpending } from './data/spending.ts'
import { useTakes } from './data/takes.ts'
import { refuseUpload } from './data/uploads.ts'
import { MakeForm } from './forms/make-form.tsx'
import { inputsFor } from './forms/made-choices.ts'
import { useAsk } from './forms/use-ask.ts'
import { useAskMany } from './inputs/many/use-ask-many.ts'
import {
  ArrivalNotices,
  begin,
  Dialogs,
  ExampleList,
  Examples,
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

const Studio = () => {
  const queryClient = useQueryClient()
  const ask = useAskMany(useAsk(), inputsFor)
  const wall = useLayout((state) => state.wall)
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
        const [{ makeSample }, { takeIn }] = await Promise.all([
          import('./inputs/sample.ts'),
          import('./inputs/take-in.ts'),
        ])
        await takeIn(sample.slot, sample.kind, { file: await makeSample(sample.kind) })
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
            <ArrivalNotices />
            <Offer />
          </>
        }
        columns={{
          make: <MakeForm ask={ask} media={MediaControl} below={<Below onRun={runNow} />} />,
          stage: wall ? (
            <Wall />
          ) : (
            <div className="flex h-full min-h-0 flex-col">
              <div className="min-h-0 flex-1">
                <Stage empty={<Examples onRun={runNow} />} />
              </div>
              <StageLineage />
            </div>
          ),
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
