import { create } from 'zustand'
import type { Job, JobInputs, RendererName } from '../../shared/job.ts'
import { checkInputs, withDefaults } from '../../shared/models/check.ts'
import type { Model } from '../../shared/models/index.ts'
import type { Draft } from '../state/draft.ts'
import { SEED } from '../state/seed.ts'
import { useStudio } from '../state/studio.ts'

/** Takes that were asked for and are there already, of the form as it stood then. */
export type Repeat = {
  /** Ids of their jobs. */
  jobs: readonly [string, ...string[]]
  draft: Draft
  modelId: string
  takes: number
  /** Whom alone they were asked of for once. */
  once: RendererName | undefined
}

export const useRepeat = create<{ found: Repeat | null }>()(() => ({ found: null }))

/** What is there already, for as long as the form stands as it stood then. */
export const useFound = (): Repeat | null => {
  const { found } = useRepeat()
  const isAsItWas = useStudio(
    ({ draft, modelId, takes }) => found?.draft === draft && found.modelId === modelId && found.takes === takes,
  )
  return isAsItWas ? found : null
}

/** Inputs as they count: what is left unsaid is said, in one order, and the seed is told apart. */
const meant = (model: Model, inputs: JobInputs): string => {
  const checked = checkInputs(model, inputs)
  const { [SEED]: _, ...rest } = withDefaults(model, checked.ok ? checked.value : inputs)
  return JSON.stringify(Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

const isThere = ({ status, deleted_at }: Job): boolean => status !== 'failed' && deleted_at === null

/** The jobs that make just these takes, where all of them are there: the same seed and inputs by the same renderer. */
export const repeatsOf = (
  jobs: readonly Job[],
  model: Model,
  renderer: RendererName,
  engine: string | null,
  asked: readonly { inputs: JobInputs }[],
): readonly [string, ...string[]] | null => {
  const known = jobs.filter(
    (job) =>
      job.model === model.id &&
      job.renderer === renderer &&
      (engine === null || job.engine?.name === engine) &&
      isThere(job),
  )
  const found = asked.map(({ inputs }) => {
    const seed = inputs[SEED]
    if (typeof seed !== 'number') return undefined
    return known.find((job) => job.seed === seed && meant(model, job.inputs) === meant(model, inputs))?.job_id
  })
  const [first, ...others] = found.filter((id) => id !== undefined)
  return first !== undefined && others.length === asked.length - 1 ? [first, ...others] : null
}
