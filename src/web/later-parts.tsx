import type { QueryClient } from '@tanstack/react-query'
import { fieldsOf } from '../shared/models/describe.ts'
import { loadClient } from './data/generate.ts'
import { PathControl } from './forms/path-later.tsx'
import type { Example } from './stage/examples.tsx'
import type { ControlName, ControlProps } from './state/control-props.ts'
import { modelOf, useStudio } from './state/studio.ts'
import { Field } from './ui/field.tsx'
import { later } from './ui/later.tsx'

/** The media field, which the model that a first visit begins with does not have. */
export const MediaControl = later<ControlProps<'media'>>(
  async () => (await import('./inputs/media-control.tsx')).MediaControl,
  ({ meta }) => (
    <Field label={meta.title}>{() => <div className="min-h-24 rounded border border-dashed border-edge/60" />}</Field>
  ),
)

/** Where the take on the stage came from: there is none on a first visit. */
export const StageLineage = later<object>(async () => (await import('./recall/stage-lineage.tsx')).StageLineage)

/** What is told of the work while one looks elsewhere. */
export const PageNews = later<object>(async () => (await import('./shell/page-news.tsx')).PageNews)

/** Zones for what is dragged over the window. */
export const Zones = later<object>(async () => (await import('./inputs/zones.tsx')).Zones)

type OnRun = { onRun: (example: Example) => void }

/** What is there before there is a take: whoever has takes never sees it. */
export const Examples = later<OnRun>(async () => (await import('./stage/examples.tsx')).Examples)
export const ExampleList = later<OnRun>(async () => (await import('./stage/examples.tsx')).ExampleList)

/** What asks for nothing until something has happened. */
export const Dialogs = later<object>(async () => (await import('./dialogs.tsx')).Dialogs)
export const Offer = later<object>(async () => (await import('./dialogs.tsx')).Offer)
export const ArrivalOffer = later<object>(async () => (await import('./inputs/arrivals.tsx')).ArrivalOffer)
export const FormNotice = later<object>(async () => (await import('./inputs/arrivals.tsx')).FormNotice)
export const Many = later<object>(async () => (await import('./inputs/arrivals.tsx')).Many)

/** Keeps what the server has told true, by its events. */
export const follow = async (queryClient: QueryClient): Promise<() => () => void> => {
  const [{ followJobs }, { followLibrary, libraryOptions }] = await Promise.all([
    import('./data/follow-jobs.ts'),
    import('./data/library.ts'),
  ])
  return () => {
    // The library's code comes meanwhile.
    void queryClient.prefetchInfiniteQuery(libraryOptions({}))
    const stops = [followJobs(queryClient), followLibrary(queryClient)]
    return () => stops.forEach((stop) => stop())
  }
}

/** What begins when the page has been seen. */
export const begin = async () => (await import('./begin.ts')).begin

const CONTROLS: Partial<Record<ControlName, { load: () => Promise<void> }>> = { media: MediaControl, path: PathControl }

/** Fetches the controls of the model that was chosen on the last visit, so that its form is whole when it is first seen. */
export const loadKeptForm = async (): Promise<void> => {
  const fields = fieldsOf(modelOf(useStudio.getState().modelId))
  await Promise.all(fields.map(({ meta }) => CONTROLS[meta.control]?.load()))
}

/** Milliseconds after the first look: by then it has been painted. */
const SOON = 1000

/** Fetches what the first use needs while nothing else is done. Returns the undoing. */
export const loadSoon = (): (() => void) => {
  const soon = setTimeout(() => {
    // Where the server is away just then, they are asked for again when they are needed.
    Promise.all([
      MediaControl.load(),
      PathControl.load(),
      loadClient(),
      import('./data/resolve-upload.ts'),
      import('./commands/palette.tsx'),
    ]).catch(() => undefined)
  }, SOON)
  return () => clearTimeout(soon)
}
