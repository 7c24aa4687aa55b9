import { QueryClientProvider, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useCommandKeys } from './commands/use-command-keys.ts'
import { feed, followJobs } from './data/jobs.ts'
import { findModel, modelListOptions } from './data/models.ts'
import { createQueryClient } from './data/query-client.ts'
import { followRenderers } from './data/renderers.ts'
import { followSpending } from './data/spending.ts'
import { followWork } from './data/work.ts'
import { useTakes } from './data/takes.ts'
import { refuseUpload } from './data/uploads.ts'
import { Dialogs, Offer } from './dialogs.tsx'
import { MakeForm } from './forms/make-form.tsx'
import { useAsk } from './forms/use-ask.ts'
import { takeIn } from './inputs/take-in.ts'
import { usePageFiles } from './inputs/use-page-files.ts'
import { loadSoon, MediaControl } from './later-parts.tsx'
import { Layout } from './shell/layout.tsx'
import { PageNews } from './shell/page-news.tsx'
import { type Example, ExampleList, Examples } from './stage/examples.tsx'
import { Stage } from './stage/stage.tsx'
import { useStudio } from './state/studio.ts'
import { followSystemTheme } from './state/theme.ts'
import { useAddress } from './state/use-address.ts'
import { TakeList } from './takes/take-list.tsx'
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

const Studio = () => {
  const queryClient = useQueryClient()
  const ask = useAsk()
  usePageFiles()
  useAddress()
  useEffect(() => followJobs(queryClient), [queryClient])
  useEffect(() => followRenderers(queryClient), [queryClient])
  useEffect(() => followSpending(queryClient), [queryClient])
  useEffect(() => followWork(feed), [])
  useCommandKeys()
  useQuery(modelListOptions)
  useEffect(followSystemTheme, [])
  useEffect(loadSoon, [])

  const run = async ({ modelId, prompt, sample }: Example) => {
    const model = findModel(modelId)
    if (!model) return
    useStudio.getState().fill(model, { prompt })
    if (sample) {
      try {
        const { makeSample } = await import('./inputs/sample.ts')
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
        offer={<Offer />}
        columns={{
          make: <MakeForm ask={ask} media={MediaControl} below={<FirstSteps onRun={runNow} />} />,
          stage: <Stage empty={<Examples onRun={runNow} />} />,
          takes: <TakeList />,
        }}
      />
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
