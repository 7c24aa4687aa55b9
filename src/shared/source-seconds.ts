import type { RendererName } from './job.ts'
import { MAX_EDIT_SECONDS } from './media.ts'
import type { Model } from './models/define.ts'

/** Who edits a clip: a renderer, and the engine that runs there, by its name, where that is known. */
export type Maker = { renderer: RendererName; engine: string | null }

/** Seconds of a clip that engines on a ComfyUI take at once, by the beginning of their names: their frames by their rate. */
const COMFYUI: Readonly<Record<string, number>> = { 'Bernini-R': 81 / 16, 'Lucy Edit Dev': 121 / 24 }

/** The same of Decart's models, where Decart says it. */
const DECART: Readonly<Record<string, number>> = { 'lucy-clip': 5 }

/**
 * How much of a clip is edited, from its beginning, in seconds. Null where nobody says: the renderer may take all of it,
 * cut it, or refuse it.
 */
export const maxSourceSeconds = (
  { id, task }: Pick<Model, 'id' | 'task'>,
  { renderer, engine }: Maker,
): number | null => {
  if (task !== 'video-edit') return null
  if (renderer === 'local') return MAX_EDIT_SECONDS
  if (renderer === 'decart') return DECART[id] ?? null
  if (renderer !== 'comfyui' || engine === null) return null
  return Object.entries(COMFYUI).find(([name]) => engine.startsWith(name))?.[1] ?? null
}
