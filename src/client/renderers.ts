import { rendererListSchema, type RendererStatus } from '../shared/renderers.ts'
import { routes } from '../shared/routes.ts'
import { abortable } from './abort.ts'
import { asJson } from './answers.ts'
import type { Transport } from './transport.ts'

export type RenderersClient = {
  /**
   * Every renderer of the server: how it stands, where material goes that it is given, and what it makes of each model by
   * id: the engine that runs, what it costs, what it lacks. Rejects with NOT_FOUND where the server is no Rushes.
   */
  list: (options?: { signal?: AbortSignal | undefined }) => Promise<RendererStatus[]>
}

export const createRenderers = ({ call }: Transport): RenderersClient => ({
  list: async ({ signal } = {}) => {
    const read = asJson(rendererListSchema)
    const { renderers } = await abortable(signal, () =>
      call({ method: 'GET', path: routes.renderers, subject: 'renderers', signal, read }),
    )
    return renderers
  },
})
