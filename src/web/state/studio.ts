import { z } from 'zod'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { rendererSchema, type RendererName } from '../../shared/job.ts'
import type { FieldErrors } from '../../shared/models/check.ts'
import type { Task } from '../../shared/models/define.ts'
import type { Model } from '../../shared/models/index.ts'
import { textToVideo } from '../../shared/models/text-to-video.ts'
import { findModel, useModels } from '../data/models.ts'
import type { Chosen } from '../data/renderer-choice.ts'
import { type Draft, draftSchema, type DraftValue, replaceDraft, setSlot } from './draft.ts'
import { tabStorage } from './kept-storage.ts'
import { useLayout } from './layout.ts'
import { judgedAt, standing } from './problems.ts'
import { type ReleasedSeed, releaseSeed, SEED } from './seed.ts'

export const TABS = ['make', 'stage', 'takes'] as const
export type Tab = (typeof TABS)[number]

/** Ways to look at a take beside its source: those of the viewer. */
const COMPARE_MODES = ['single', 'grid', 'wipe', 'blink', 'overlay', 'difference'] as const
export type CompareMode = (typeof COMPARE_MODES)[number]

/** How many takes one press of Generate can ask for. */
export const TAKES = [1, 2, 4, 8, 16] as const
export type TakesAtOnce = (typeof TAKES)[number]

/** How a result is first looked at: an edit against its source, all else alone. */
const FIRST_LOOK: Partial<Record<Task, CompareMode>> = { 'image-edit': 'wipe', 'video-edit': 'wipe' }

/** Ways to tell the time under a clip: those of the viewer. */
const TIME_FORMATS = ['timecode', 'frame', 'seconds'] as const
export type TimeFormat = (typeof TIME_FORMATS)[number]

/** Why the last ask was refused: sentences per field, and one for what no field is to blame for. */
export type Problems = { fields: FieldErrors; message: string | null }

const NO_PROBLEMS: Problems = { fields: {}, message: null }

/**
 * What is kept between visits: model and draft by each tab, the rest by all of them. Only this is written to storage, and
 * what is read back is never trusted.
 */
const keptSchema = z.object({
  // A model of the server's list, as a workflow, is not known yet when this is read.
  modelId: z.string().refine((id) => findModel(id) !== undefined || id.startsWith('workflow-')),
  draft: draftSchema,
  /** Model id → who was chosen to make it. */
  renderers: z.record(z.string(), rendererSchema),
  /** Model id → the engine that was chosen with the renderer; none where that was left to the renderer. */
  engines: z.record(z.string(), z.string()),
  /** Task → how its results are looked at beside their sources; none where that was never chosen. */
  compare: z.record(z.string(), z.enum(COMPARE_MODES)),
  takes: z.literal(TAKES),
  loop: z.boolean(),
  timeFormat: z.enum(TIME_FORMATS),
})
export type Kept = z.infer<typeof keptSchema>

const [FIRST] = textToVideo

/** The model of that id; the first there is where it is no more. */
export const modelOf = (id: string): Model => findModel(id) ?? FIRST

const DEFAULTS: Kept = {
  modelId: FIRST.id,
  draft: {},
  renderers: {},
  engines: {},
  compare: {},
  takes: 1,
  loop: true,
  timeFormat: 'timecode',
}

/** Reads what an earlier visit stored. A part that does not parse falls back to its default; the rest is kept. */
export const readKept = (stored: unknown): Kept => {
  const whole = z.record(z.string(), z.unknown()).safeParse(stored)
  if (!whole.success) return DEFAULTS
  const part = <K extends keyof Kept>(key: K): Partial<Kept> => {
    const parsed = keptSchema.shape[key].safeParse(whole.data[key])
    return parsed.success ? { [key]: parsed.data } : {}
  }
  return {
    ...DEFAULTS,
    ...part('modelId'),
    ...part('draft'),
    ...part('renderers'),
    ...part('engines'),
    ...part('compare'),
    ...part('takes'),
    ...part('loop'),
    ...part('timeFormat'),
  }
}

export type Step = 'push' | 'replace'

/** Asked for together. While the stage follows them, the first that is finished is shown by itself. */
export type Awaited = { takes: readonly string[]; following: boolean }

export type StudioState = Kept & {
  problems: Problems
  /** The take on the stage, by its id or its job's; null before the first is there. */
  selected: string | null
  /** How the history of the page notes that take: as a step of its own, or in the place of the last. */
  selectedBy: Step
  /** The takes that were asked for here last, until one of them was seen finished. */
  awaited: Awaited | null
  tab: Tab
  /** The seed that went when the model changed; null where none did since. */
  releasedSeed: ReleasedSeed | null
  chooseModel: (id: string) => void
  setValue: (slot: string, value: DraftValue | undefined) => void
  fill: (model: Model, values: Draft) => void
  setProblems: (problems: Problems) => void
  /** Says what is wrong with what stands in a field, before it is asked for. */
  judge: (field: string) => void
  /** Who makes a model, by which engine; null leaves that to the renderer. */
  chooseRenderer: (modelId: string, renderer: RendererName, engine?: string | null) => void
  /** Looks at a take. From then on the stage follows no other. */
  select: (take: string | null, by?: Step) => void
  /** Takes were asked for: looks at the first of them, or stays where the person is and lets the stage tell. */
  await: (takes: readonly string[], look: boolean) => void
  stopAwaiting: () => void
  setCompare: (task: string, mode: CompareMode) => void
  setTakes: (takes: TakesAtOnce) => void
  setLoop: (loop: boolean) => void
  setTimeFormat: (format: TimeFormat) => void
  showTab: (tab: Tab) => void
}

/** What the person is doing. Never server data. */
export const useStudio = create<StudioState>()(
  persist(
    (set) => ({
      ...DEFAULTS,
      problems: NO_PROBLEMS,
      selected: null,
      selectedBy: 'push',
      awaited: null,
      tab: 'make',
      releasedSeed: null,
      chooseModel: (modelId) =>
        set(({ modelId: from, draft }) => ({ modelId, problems: NO_PROBLEMS, ...releaseSeed(draft, from, modelId) })),
      // What stands above the button is answered by any change.
      setValue: (slot, value) =>
        set(({ modelId, draft: before, problems }) => {
          const after = setSlot(before, slot, value)
          const changed = slot.split(':')[0] ?? slot
          const fields = standing(problems.fields, { model: modelOf(modelId), before, after, changed })
          return { draft: after, problems: { fields, message: null }, ...(slot === SEED && { releasedSeed: null }) }
        }),
      fill: (model, values) =>
        set(({ draft }) => ({
          modelId: model.id,
          draft: replaceDraft(draft, model, values),
          problems: NO_PROBLEMS,
          tab: 'make',
          releasedSeed: null,
        })),
      judge: (field) =>
        set(({ modelId, draft, problems }) => ({
          problems: { ...problems, fields: judgedAt(problems.fields, modelOf(modelId), draft, field) },
        })),
      setProblems: (problems) => set({ problems }),
      chooseRenderer: (modelId, renderer, engine = null) =>
        set(({ renderers, engines: { [modelId]: _, ...others } }) => ({
          renderers: { ...renderers, [modelId]: renderer },
          engines: engine === null ? others : { ...others, [modelId]: engine },
        })),
      select: (selected, selectedBy = 'push') =>
        set(({ awaited }) => ({ selected, selectedBy, awaited: awaited && { ...awaited, following: false } })),
      await: (takes, look) =>
        set({
          awaited: { takes, following: look },
          ...(look && { selected: takes[0] ?? null, selectedBy: 'push' as const }),
        }),
      stopAwaiting: () => set({ awaited: null }),
      setCompare: (task, mode) => set(({ compare }) => ({ compare: { ...compare, [task]: mode } })),
      setTakes: (takes) => set({ takes }),
      setLoop: (loop) => set({ loop }),
      setTimeFormat: (timeFormat) => set({ timeFormat }),
      showTab: (tab) => {
        // Where the columns stand beside each other, the form may be folded.
        if (tab === 'make') useLayout.getState().open('left')
        set({ tab })
      },
    }),
    {
      name: 'rushes.studio',
      version: 1,
      storage: tabStorage(1, ['modelId', 'draft', 'takes'], readKept),
      partialize: ({ modelId, draft, renderers, engines, compare, takes, loop, timeFormat }): Kept => ({
        modelId,
        draft,
        renderers,
        engines,
        compare,
        takes,
        loop,
        timeFormat,
      }),
    },
  ),
)

/** The choice of who makes a model, of its two parts. */
export const chosenOf = (renderer: RendererName | undefined, engine: string | undefined): Chosen | undefined =>
  renderer === undefined ? undefined : { renderer, engine: engine ?? null }

/** The chosen model. */
export const useModel = (): Model => {
  // The list may bring it, or take it away.
  useModels()
  return modelOf(useStudio((state) => state.modelId))
}

/** How results of a task are looked at beside their sources. */
export const lookAt = (compare: Kept['compare'], task: Task | undefined): CompareMode =>
  task === undefined ? 'single' : (compare[task] ?? FIRST_LOOK[task] ?? 'single')
