import type { Logger } from 'pino'
import type { RendererName } from '../../shared/job.ts'
import type { Renderer } from '../../shared/renderer.ts'
import type { RendererStatus } from '../../shared/renderers.ts'
import type { Env } from '../env.ts'
import { type Catalogue, createCatalogue } from '../models/catalogue.ts'
import type { Notices } from '../notices.ts'
import { createComfyuiDialect } from '../renderers/comfyui/dialect.ts'
import type { ServerPieces } from '../renderers/comfyui/graph-source.ts'
import { createOwnGraphs } from '../renderers/comfyui/graphs/own-graphs.ts'
import { createDecartDialect } from '../renderers/decart/dialect.ts'
import { createLive } from '../renderers/decart/live.ts'
import { createFalDialect } from '../renderers/fal/dialect.ts'
import { createOpenaiDialect } from '../renderers/openai/dialect.ts'
import { settingsOf } from '../renderers/order/settings.ts'
import { openSettingsFile } from '../renderers/order/settings-file.ts'
import { type Renderers, setUpRenderers, type SetUpOptions } from '../renderers/set-up.ts'
import type { Folders } from '../store/folders.ts'
import { createWorkflowGraphs } from '../workflows/workflow-graphs.ts'
import { createWorkflowModels } from '../workflows/workflow-model.ts'
import { createWorkflowStore, type WorkflowStore } from '../workflows/workflow-store.ts'

export type RenderingDeps = Pick<
  SetUpOptions,
  'probe' | 'prepareProbe' | 'pollMs' | 'limits' | 'againMs' | 'patienceMs'
> & {
  local: Renderer
  variable: Env['variable']
  folders: Folders
  notices: Notices
  logger: Logger
  now: () => Date
}

export type Rendering = {
  renderers: Renderers
  models: Catalogue
  workflows: WorkflowStore
  /** What the ComfyUI that was looked at last is and has. */
  pieces: () => ServerPieces | null
  onWorkflowsChanged: () => ReturnType<Renderers['check']>
  /** Who renders where nobody is chosen. */
  likely: () => RendererName
}

/** Says of keys that are refused at once that they are, not when something is ordered. */
const watchKeys = ({ notices, logger }: Pick<RenderingDeps, 'notices' | 'logger'>) => {
  const refused = new Map<RendererName, string>()
  return ({ name, state, note }: RendererStatus): void => {
    if (state === 'unauthorized') logger.warn({ renderer: name }, note)
    if (state === 'unauthorized') refused.set(name, note)
    else refused.delete(name)
    if (refused.size === 0) notices.clear('KEY_REFUSED')
    else notices.say('KEY_REFUSED', [...refused.values()].join(' '))
  }
}

/** Also one whose key is refused: to draw a draft instead of what was wanted is for the person to choose. */
const likelyOf = (renderers: Renderers): RendererName => {
  const wanted = renderers.list().find((each) => {
    const makes = Object.values(each.models).some(({ ready }) => ready)
    return !each.chosen_only && makes && (each.state === 'ready' || each.state === 'unauthorized')
  })
  return wanted?.name ?? 'local'
}

/** Opens what is set of renderers and the workflows that were added, and makes every renderer and the models they have. */
export const openRenderers = async (deps: RenderingDeps): Promise<Rendering> => {
  const { local, variable, folders, notices, logger, now, ...about } = deps
  const settings = await openSettingsFile(folders.settings, () =>
    logger.warn(
      { path: folders.settings },
      'what is set of renderers cannot be read and was put aside; set them again',
    ),
  )
  const workflows = createWorkflowStore({ folder: folders.workflows })
  for (const { file, reason } of workflows.unreadable())
    logger.warn({ file, reason }, 'a workflow cannot be read and is left alone')
  const live = createLive({
    dataFile: folders.served,
    folders,
    logger,
    now,
    limits: about.limits,
    settings: () => settingsOf(decart, variable, settings.get(decart.name)),
    models: () => models.list(),
  })
  const models = createCatalogue([live, createWorkflowModels(workflows)])
  const decart = createDecartDialect(live.at)
  let pieces: ServerPieces | null = null
  const comfyui = createComfyuiDialect({
    sources: [createOwnGraphs(), createWorkflowGraphs(workflows)],
    onPieces: (has) => (pieces = has),
  })
  /** Every way to render elsewhere, in the order of who is asked first. A further one is a folder, and its name here. */
  const dialects = [decart, comfyui, createOpenaiDialect(), createFalDialect()]
  const onChange = watchKeys({ notices, logger })
  const renderers = setUpRenderers({ ...about, local, dialects, file: settings, variable, logger, now, onChange })
  return {
    renderers,
    models,
    workflows,
    pieces: () => pieces,
    onWorkflowsChanged: () => renderers.check(comfyui.name),
    likely: () => likelyOf(renderers),
  }
}
