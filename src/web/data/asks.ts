import { create } from 'zustand'
import type { JobInputs, RendererName } from '../../shared/job.ts'

/** The place of a take among those that were asked for together. `label` is what sets it apart there. */
export type BatchPlace = { id: string; position: number; size: number; label: string | null }

/** One asking for a take, from the click on. Its key is also the Idempotency-Key: asking twice makes one job. */
export type Ask = {
  key: string
  modelId: string
  inputs: JobInputs
  renderer: RendererName
  /** The engine that is asked for by name; null leaves it to the renderer. */
  engine: string | null
  /** What it is asked for together with; null for one alone. */
  batch: BatchPlace | null
  /** Milliseconds since 1970. */
  startedAt: number
  controller: AbortController
}

/** `lost` is an ask that no job came of, as far as is known; asking again with the same key is safe. */
export type AskPhase =
  { name: 'submitting' } | { name: 'watching' } | { name: 'fetching' } | { name: 'lost'; message: string }
export type OpenAsk = Ask & { jobId: string | null; phase: AskPhase }

export type Cancel = { name: 'asked' } | { name: 'failed'; message: string }

type Asks = {
  open: readonly OpenAsk[]
  /** Job id → how its cancelling goes. */
  cancels: Readonly<Record<string, Cancel>>
}

/** What this page has asked of the server and is not done with. */
export const useAsks = create<Asks>()(() => ({ open: [], cancels: {} }))

const { setState, getState } = useAsks

/** Takes an ask up; one that was lost before takes its old place again. */
export const openAsk = (ask: Ask) =>
  setState(({ open }) => {
    const opened: OpenAsk = { ...ask, jobId: null, phase: { name: 'submitting' } }
    return { open: [opened, ...open.filter(({ key }) => key !== ask.key)] }
  })

/** Whether an ask is on its way to the server, which has not taken it in yet. */
export const isSending = ({ open }: Pick<Asks, 'open'>): boolean =>
  open.some(({ phase }) => phase.name === 'submitting')

export type Asked = Pick<Ask, 'modelId' | 'inputs' | 'renderer' | 'engine' | 'batch'>

// Two of one batch may say the same: their places tell them apart.
const wordsOf = ({ modelId, renderer, engine, inputs, batch }: Asked): string =>
  JSON.stringify([modelId, renderer, engine, inputs, batch?.position])

/** An open ask for just this, in that phase. */
const openAskFor = (asked: Asked, phase: AskPhase['name']): OpenAsk | undefined => {
  const same = wordsOf(asked)
  return getState().open.find((ask) => ask.phase.name === phase && wordsOf(ask) === same)
}

/** Whether just this is on its way: until the server has taken it in, asking for it once more is the same act. */
export const isBeingSent = (asked: Asked): boolean => openAskFor(asked, 'submitting') !== undefined

export const updateAsk = (key: string, change: Partial<Pick<OpenAsk, 'jobId' | 'phase'>>) =>
  setState(({ open }) => ({ open: open.map((ask) => (ask.key === key ? { ...ask, ...change } : ask)) }))

export const closeAsk = (key: string) => setState(({ open }) => ({ open: open.filter((ask) => ask.key !== key) }))

export const noteCancel = (jobId: string, cancel: Cancel) =>
  setState(({ cancels }) => ({ cancels: { ...cancels, [jobId]: cancel } }))

export const openAskOf = (take: { key: string | null; jobId: string | null }): OpenAsk | undefined =>
  getState().open.find((ask) => ask.key === take.key || (take.jobId !== null && ask.jobId === take.jobId))

/**
 * The key to ask with: a new one, unless just this was asked for before and never answered. The server may have heard
 * that, and makes only one job of a key.
 */
export const keyFor = (asked: Asked): string => openAskFor(asked, 'lost')?.key ?? mintKey()

/** The batch that just these were asked for as before, where none of them was ever answered. */
export const lostBatchOf = (asked: readonly Asked[]): string | null => {
  const ids = asked.map((each) => openAskFor(each, 'lost')?.batch?.id)
  const [first] = ids
  return first !== undefined && ids.every((id) => id === first) ? first : null
}

/** An ask that no answer came to is done with once its job is seen: asking for the same then makes another. */
export const closeLost = (key: string | null) =>
  getState().open.some((ask) => ask.key === key && ask.phase.name === 'lost') && key !== null && closeAsk(key)

/** 128 random bits. */
export const mintKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
