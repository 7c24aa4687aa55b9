import { createHash, randomUUID } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Rendered, Renderer, RenderTask } from '../../../src/shared/renderer.ts'

const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

/** What is asked for, but for its seed and the ids of its files: their bytes instead. */
const orderOf = ({ job, model, files }: RenderTask): string => {
  const words = Object.entries(job.inputs).filter(([field]) => !(field in files))
  const sources = Object.entries(files).map(([field, { path }]) => [field, hashOf(path)])
  return JSON.stringify([model.id, words.toSorted(), sources.toSorted()])
}

/**
 * A renderer that renders each order once and gives the same file whoever asks for it again: for tests of how many
 * clients ask, each of which asks for the same. What fails or is aborted is not kept.
 */
export const renderingOnce = (renderer: Renderer): Renderer => {
  const folder = mkdtempSync(join(tmpdir(), 'rushes-rendered-'))
  const kept = new Map<string, Rendered>()
  return {
    ...renderer,
    render: async (task, context) => {
      const order = orderOf(task)
      const known = kept.get(order)
      if (known) {
        context.signal.throwIfAborted()
        context.onProgress(0, 'rendering')
        const path = join(task.directory, basename(known.path))
        copyFileSync(known.path, path)
        return { ...known, path }
      }
      const rendered = await renderer.render(task, context)
      const path = join(folder, `${randomUUID()} ${basename(rendered.path)}`)
      copyFileSync(rendered.path, path)
      kept.set(order, { ...rendered, path })
      return rendered
    },
  }
}
