import { Hono } from 'hono'
import { z } from 'zod'
import { RushesError } from '../../shared/errors.ts'
import { settingsRequestSchema } from '../../shared/renderers.ts'
import type { Access } from '../http/access.ts'
import { type AppEnv, bodyOf } from '../http/context.ts'
import { ownPagesOnly } from '../http/own-pages.ts'
import { fieldsAtFault } from '../http/fields-at-fault.ts'
import { readJson } from '../http/read-json.ts'
import type { Ledger } from '../jobs/spending.ts'
import { describedRenderers } from '../openapi/renderer-routes.ts'
import type { Renderers } from '../renderers/set-up.ts'

export type RendererRouteDeps = { renderers: Renderers; ledger: Ledger; access: Access }

/** Who can render, how that is set, and what it has cost. */
export const rendererRoutes = ({ renderers, ledger, access }: RendererRouteDeps): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()
  app.get('/renderers', describedRenderers.list, (context) => context.json({ renderers: renderers.list() }))
  app.get('/spending', describedRenderers.spending, async (context) => context.json(await ledger.spending()))

  app.use('/renderers/:name/*', ownPagesOnly(access))
  app.post('/renderers/:name/check', describedRenderers.check, async (context) =>
    context.json(await renderers.check(context.req.param('name'))),
  )
  app.get('/renderers/:name/settings', describedRenderers.settings, (context) =>
    context.json(renderers.settings(context.req.param('name'))),
  )
  app.put('/renderers/:name/settings', describedRenderers.change, async (context) => {
    const asked = settingsRequestSchema.safeParse(await readJson(bodyOf(context)))
    if (!asked.success) {
      const fields = fieldsAtFault(asked.error)
      throw new RushesError('INVALID_INPUT', `The settings cannot be read: ${z.prettifyError(asked.error)}`, { fields })
    }
    return context.json(await renderers.change(context.req.param('name'), asked.data))
  })
  app.delete('/renderers/:name/settings', describedRenderers.forget, async (context) =>
    context.json(await renderers.forget(context.req.param('name'))),
  )
  return app
}
