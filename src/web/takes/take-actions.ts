import { useQueryClient } from '@tanstack/react-query'
import { mediaFieldsOf } from '../../shared/models/describe.ts'
import { registry } from '../../shared/models/index.ts'
import type { FileResource } from '../../shared/media.ts'
import { routes } from '../../shared/routes.ts'
import { closeAsk } from '../data/asks.ts'
import { fileOptions } from '../data/files.ts'
import { cancelTake } from '../data/generate.ts'
import { useRetry } from '../data/retry.ts'
import type { Take } from '../data/take.ts'
import { startUpload } from '../data/uploads.ts'
import { draftFrom, slotForMedia } from '../state/draft.ts'
import { useStudio } from '../state/studio.ts'

export type TakeActions = {
  cancel: (take: Take) => void
  /** Asks for the same again. */
  retry: (take: Take) => void
  /** Fills the form with what the take was made from, the seed it really used included. */
  reuse: (take: Take) => Promise<void>
  /** Puts the result into the form as its input, changing to a model that takes one where needed. */
  useAsInput: (take: Take) => Promise<void>
  dismiss: (take: Take) => void
}

const filesOf = async (take: Take, load: (id: string) => Promise<FileResource>) => {
  const files: Record<string, FileResource> = {}
  const gone: string[] = []
  for (const name of take.model ? mediaFieldsOf(take.model).keys() : []) {
    const id = take.inputs[name]
    if (typeof id !== 'string') continue
    try {
      files[id] = await load(id)
    } catch {
      // Said at the field: the rest of the settings is still worth having.
      gone.push(name)
    }
  }
  return { files, gone }
}

export const useTakeActions = (): TakeActions => {
  const queryClient = useQueryClient()
  const refuse = (message: string) => {
    const { setProblems, showTab } = useStudio.getState()
    setProblems({ fields: {}, message })
    showTab('make')
  }
  const again = useRetry((error) => refuse(error.message))

  const reuse = async (take: Take) => {
    if (!take.model) return refuse(`This studio does not know the model ${take.modelId}.`)
    const { files, gone } = await filesOf(take, (id) => queryClient.fetchQuery(fileOptions(id)))
    const { fill, setProblems } = useStudio.getState()
    fill(take.model, draftFrom(take.model, take.inputs, take.seed, files))
    if (gone.length > 0)
      setProblems({
        fields: Object.fromEntries(gone.map((name) => [name, 'is no longer on the server: add it again'])),
        message: null,
      })
  }

  const useAsInput = async (take: Take) => {
    if (take.state.name !== 'done' || take.jobId === null) return
    const kind = take.state.output.duration === null ? 'image' : 'video'
    const { modelId, draft, chooseModel, showTab } = useStudio.getState()
    const takesKind = (id: string) => registry.some((m) => m.id === id && [...mediaFieldsOf(m).values()].includes(kind))
    const fitting = takesKind(modelId) ? modelId : registry.find(({ id }) => takesKind(id))?.id
    const model = registry.find(({ id }) => id === fitting)
    const slot = model && slotForMedia(model, draft, kind)
    if (!model || slot === undefined) return
    chooseModel(model.id)
    showTab('make')
    const response = await fetch(routes.jobContent(take.jobId))
    const { filename, mime_type } = take.state.output
    const file = new File([await response.blob()], filename, { type: mime_type })
    await startUpload(slot, { file }, kind, (uploaded) => useStudio.getState().setValue(slot, uploaded))
  }

  return {
    cancel: cancelTake,
    retry: (take) => useStudio.getState().select(again(take)),
    reuse,
    useAsInput,
    dismiss: (take) => take.key !== null && closeAsk(take.key),
  }
}
