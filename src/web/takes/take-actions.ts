import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { FileResource } from '../../shared/media.ts'
import { mediaFieldsOf } from '../../shared/models/describe.ts'
import type { MediaKind } from '../../shared/models/file-input.ts'
import type { Model } from '../../shared/models/index.ts'
import { closeAsk } from '../data/asks.ts'
import { client } from '../data/client.ts'
import { fileOptions } from '../data/files.ts'
import { cancelTake } from '../data/generate.ts'
import { findModel, useModels } from '../data/models.ts'
import { useRetry } from '../data/retry.ts'
import type { Take } from '../data/take.ts'
import { refuseUpload, startUpload } from '../data/uploads.ts'
import { sayNotLoaded } from '../state/comparison.ts'
import { draftFrom, mainSlotFor } from '../state/draft.ts'
import { useStudio } from '../state/studio.ts'

export type TakeActions = {
  cancel: (take: Take) => void
  /** Asks for the same again. */
  retry: (take: Take) => void
  /** Fills the form with what the take was made from, the seed it really used included. */
  reuse: (take: Take) => Promise<void>
  /** Puts the result into the form as its input, changing to a model that takes one where needed. */
  toInput: (take: Take) => Promise<void>
  dismiss: (take: Take) => void
  /** Stars it, or takes the star away. */
  star: (take: Take) => void
}

const refuse = (message: string) => {
  const { setProblems, showTab } = useStudio.getState()
  setProblems({ fields: {}, message })
  showTab('make')
}

/** The files that a take's inputs name, and the fields whose file is no longer there. */
const filesOf = async (take: Take, queryClient: QueryClient) => {
  const files: Record<string, FileResource> = {}
  const gone: string[] = []
  for (const name of take.model ? mediaFieldsOf(take.model).keys() : []) {
    const id = take.inputs[name]
    if (typeof id !== 'string') continue
    try {
      files[id] = await queryClient.fetchQuery(fileOptions(id))
    } catch {
      // Said at the field: the rest of the settings is still worth having.
      gone.push(name)
    }
  }
  return { files, gone }
}

const reuse = async (take: Take, queryClient: QueryClient) => {
  if (!take.model) return refuse(`This studio does not know the model ${take.modelId}.`)
  const { files, gone } = await filesOf(take, queryClient)
  const { fill, setProblems } = useStudio.getState()
  fill(take.model, draftFrom(take.model, take.inputs, take.seed, files))
  if (gone.length > 0)
    setProblems({
      fields: Object.fromEntries(gone.map((name) => [name, 'is no longer on the server: add it again'])),
      message: null,
    })
}

const GOES_ON_AS = { image: 'image-to-video', video: 'video-edit' } as const

/** The chosen model where it works on such media, else the first that does; a reference image is not what is meant. */
const placeFor = (kind: MediaKind): { model: Model; slot: string } | undefined => {
  const { modelId, draft } = useStudio.getState()
  const others = useModels.getState().list.filter(({ task }) => task === GOES_ON_AS[kind])
  for (const model of [findModel(modelId), ...others]) {
    const slot = model && mainSlotFor(model, draft, kind)
    if (model && slot !== undefined) return { model, slot }
  }
  return undefined
}

const toInput = async (take: Take) => {
  if (take.state.name !== 'done' || take.jobId === null) return
  const { filename, mime_type, duration } = take.state.output
  const kind = duration === null ? 'image' : 'video'
  const place = placeFor(kind)
  if (!place) return
  const { slot } = place
  const { modelId, chooseModel, setValue, showTab } = useStudio.getState()
  if (place.model.id !== modelId) chooseModel(place.model.id)
  showTab('make')
  try {
    const blob = await client.queue.result(take.jobId)
    const file = new File([blob], filename, { type: mime_type })
    await startUpload(slot, { file }, kind, (uploaded) => setValue(slot, uploaded))
  } catch (error) {
    refuseUpload(slot, filename, `could not be fetched: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The same functions all along, so that rows that were not changed are not drawn again. */
export const useTakeActions = (): TakeActions => {
  const queryClient = useQueryClient()
  const again = useRetry((error) => refuse(error.message))
  return useMemo(
    () => ({
      cancel: cancelTake,
      retry: (take) => {
        const key = again(take)
        if (key !== null) useStudio.getState().select(key)
      },
      reuse: (take) => reuse(take, queryClient),
      toInput,
      dismiss: (take) => take.key !== null && closeAsk(take.key),
      star: ({ jobId, starred }) =>
        jobId !== null && void import('../data/stars.ts').then(({ setStar }) => setStar(jobId, !starred), sayNotLoaded),
    }),
    [again, queryClient],
  )
}
