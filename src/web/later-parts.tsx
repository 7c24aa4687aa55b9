import type { QueryClient } from '@tanstack/react-query'
import { fieldsOf } from '../shared/models/describe.ts'
import { loadClient } from './data/generate.ts'
import { PathControl } from './forms/path-later.tsx'
import type { Example } from './stage/examples.tsx'
import type { ControlName, ControlProps } from './state/control-props.ts'
import { modelOf, useStudio } from './state/studio.ts'
import { Field } from './ui/field.tsx'
import { afterFirstLook } from './data/first-look.ts'
import { later } from './ui/later.tsx'

const rest = () => afterFirstLook(() => import('./rest.ts'))

/** The media field, which the model that a first visit begins with does not have. */
export const MediaControl = later<ControlProps<'media'>>(
  async () => (await import('./inputs/media-control.tsx')).MediaControl,
  ({ meta }) => (
    <Field label={meta.title}>{() => <div className="min-h-24 rounded border border-dashed border-edge/60" />}</Field>
  ),
)

/** Where the take on the stage came from: there is none on a first visit. */
export const StageLineage = later<object>(async () => (await rest()).StageLineage)

/** What is told of the work while one looks elsewhere. */
export const PageNews = later<object>(async () => (await rest()).PageNews)

/** Zones for what is dragged over the window. */
export const Zones = later<object>(async () => (await rest()).Zones)

type OnRun = { onRun: (example: Example) => void }

/** What is there before there is a take: whoever has takes never sees it. */
export const Examples = later<OnRun>(async () => (await import('./stage/examples.tsx')).Examples)
export const ExampleList = later<OnRun>(async () => (await import('./stage/examples.tsx')).ExampleList)

/** What asks for nothing until something has happened. */
export const Dialogs = later<object>(async () => (await rest()).Dialogs)
export const Offer = later<object>(async () => (await rest()).Offer)
export const ArrivalOffer = later<object>(async () => (await rest()).ArrivalOffer)
export const FormNotice = later<object>(async () => (await rest()).FormNotice)
export const Many = later<object>(async () => (await rest()).Many)

/** Keeps what the server has told true, by its events. */
export const follow = async (queryClient: QueryClient): Promise<() => () => void> => {
  const { followJobs, followLibrary } = await rest()
  return () => {
    const stops = [followJobs(queryClient), followLibrary(queryClient)]
    return () => stops.forEach((stop) => stop())
  }
}

/** What begins when the page has been seen. */
export const begin = async () => (await rest()).begin

const CONTROLS: Partial<Record<ControlName, { load: () => Promise<void> }>> = { media: MediaControl, path: PathControl }

/** Fetches the controls of the model that was chosen on the last visit, so that its form is whole when it is first seen. */
export const loadKeptForm = async (): Promise<void> => {
  const fields = fieldsOf(modelOf(useStudio.getState().modelId))
  await Promise.all(fields.map(({ meta }) => CONTROLS[meta.control]?.load()))
}

/** Fetches what the first use needs, after all that is seen without any. */
export const loadSoon = (): void => {
  // Where the server is away just then, they are asked for again when they are needed.
  rest()
    .then(() =>
      Promise.all([
        MediaControl.load(),
        PathControl.load(),
        loadClient(),
        import('./data/resolve-upload.ts'),
        import('./commands/palette.tsx'),
      ]),
    )
    .catch(() => undefined)
}
