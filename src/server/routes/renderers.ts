import { Hono } from 'hono'
import { z } from 'zod'
import { RushesError } from '../../shared/errors.ts'
import { settingsRequestSchema } from '../../shared/renderers.ts'
import type { Access } from '../http/access.ts'
import { type AppEnv, bodyOf, viewerOf } from '../http/context.ts'
import { ownPagesOnly } from '../http/own-pages.ts'
import { fieldsAtFault } from '../http/fields-at-fault.ts'
import { readJson } from '../http/read-json.ts'
import type { Ledger } from '../jobs/spending.ts'
import { spendingFor } from '../people/spending-for.ts'
import type { People } from '../people/people.ts'
import { requireAdmin } from '../people/viewer.ts'
import { describedRenderers } from '../openapi/renderer-routes.ts'
import type { Renderers } from '../renderers/set-up.ts'

export type RendererRouteDeps = { renderers: Renderers; ledger: Ledger; people: People; access: Access }

/** Who can render, how that is set, and what it has cost. */
export const rendererRoutes = ({ renderers, ledger, people, access }: RendererRouteDeps): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()
  app.get('/renderers', describedRenderers.list, (context) => context.json({ renderers: renderers.list() }))
  app.get('/spending', describedRenderers.spending, async (context) => {
    const viewer = viewerOf(context)
    return context.json(await spendingFor(viewer, ledger, viewer.isAdmin ? await people.store.list() : []))
  })

  app.use('/renderers/:name/*', ownPagesOnly(access))
  app.use('/renderers/:name/settings', async (context, next) => {
    requireAdmin(viewerOf(context), 'see and change the settings of renderers')
    return next()
  })
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
    const name = context.req.param('name')
    const changed = await renderers.change(name, asked.data)
    await people.audit.note(viewerOf(context), 'renderer.set', [name])
    return context.json(changed)
  })
  app.delete('/renderers/:name/settings', describedRenderers.forget, async (context) => {
    const name = context.req.param('name')
    const forgotten = await renderers.forget(name)
    await people.audit.note(viewerOf(context), 'renderer.forgotten', [name])
    return context.json(forgotten)
  })
  return app
}
