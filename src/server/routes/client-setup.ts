import { upgradeWebSocket } from '@hono/node-server'
import { Hono } from 'hono'
import { z } from 'zod'
import { RushesError } from '../../shared/errors.ts'
import {
  type ClientToken,
  clientTokenSchema,
  type RealtimeQuota,
  realtimeQuotaSchema,
  tokenRequestSchema,
} from '../../shared/client-setup.ts'
import { type AppEnv, bodyOf, viewerOf } from '../http/context.ts'
import { fieldsAtFault } from '../http/fields-at-fault.ts'
import { readJson } from '../http/read-json.ts'
import { describe, json } from '../openapi/describe.ts'
import type { People } from '../people/people.ts'
import { CLIENT_PREFIX, hashOf, newId, newSecret } from '../people/secrets.ts'
import type { Viewer } from '../people/viewer.ts'
import type { TokenLimits } from '../people/who.ts'

/** Where Decart's SDKs, old and new, open their realtime WebSocket. */
const REALTIME_PATH = '/stream'

/** Said in a message, which SDKs show, and in the close frame. By "not allowed" they know that another try is in vain. */
const NO_REALTIME =
  'Realtime is not here: Rushes streams nothing live, so connecting is not allowed. Submit a job instead (queue or process), or point realtimeBaseUrl at Decart.'

/** Policy violation (RFC 6455, 7.4.1): no reason to come again. */
const CLOSE_CODE = 1008

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const described = {
  token: describe({
    operationId: 'create_client_token',
    tag: 'server',
    summary: "A token, for the set-up of Decart's SDKs",
    description:
      'Where the studio has accounts, it makes takes in the name of who asks, of those models and for pages of those origins, and sees those alone, until it expires. Elsewhere it opens nothing and limits nothing.',
    body: { required: false, content: { 'application/json': tokenRequestSchema } },
    answers: { 200: { description: 'The token, and what was asked for.', content: json(clientTokenSchema) } },
    failures: [408, 413, 422],
  }),
  quota: describe({
    operationId: 'realtime_quota',
    tag: 'server',
    summary: 'Realtime sessions that may run: none, for there is no realtime here',
    answers: { 200: { description: 'Zero of each.', content: json(realtimeQuotaSchema) } },
    failures: [],
  }),
}

/** Writes a token down, where it is to open something. */
const keep = async (
  people: People,
  { person, credential }: Viewer,
  apiKey: string,
  expires: number,
  limits: TokenLimits,
): Promise<void> => {
  if (person === null) return
  if (credential?.kind === 'client') throw new RushesError('FORBIDDEN', 'A client token makes no further ones.')
  await people.tokens.add({
    id: newId('token'),
    hash: hashOf(apiKey),
    person_id: person.id,
    kind: 'client',
    label: '',
    expires_at: new Date(expires * 1000).toISOString(),
    limits: JSON.stringify(limits),
  })
}

/**
 * What Decart's SDKs ask for while they set themselves up. Where this server asks nobody for a key, its tokens open nothing
 * and limit nothing: any other text would do as well. They have the cloud's shape, and an end.
 */
export const clientSetupRoutes = ({ people, now }: { people: People; now: () => Date }): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()
  app.post('/client/tokens', described.token, async (context) => {
    const asked = tokenRequestSchema.safeParse((await readJson(bodyOf(context))) ?? {})
    if (!asked.success) {
      const fields = fieldsAtFault(asked.error)
      throw new RushesError('INVALID_INPUT', `The token cannot be made: ${z.prettifyError(asked.error)}`, { fields })
    }
    const { expiresIn, allowedModels, allowedOrigins, constraints, metadata } = asked.data
    const issued = Math.floor(now().getTime() / 1000)
    const expires = issued + expiresIn
    const permissions = {
      ...(allowedModels ? { models: allowedModels } : {}),
      ...(allowedOrigins ? { origins: allowedOrigins } : {}),
    }
    const apiKey = newSecret(CLIENT_PREFIX)
    await keep(people, viewerOf(context), apiKey, expires, {
      models: allowedModels ?? null,
      origins: allowedOrigins ?? null,
    })
    const claims = { sub: 'local', iss: 'rushes', iat: issued, exp: expires, jti: apiKey, ...permissions }
    // Unsigned (RFC 7519, 6): there is nobody who would have to check it.
    const token = `${base64url({ alg: 'none', typ: 'JWT' })}.${base64url({ ...claims, constraints, metadata })}.`
    const answer: ClientToken = {
      apiKey,
      token,
      expiresAt: new Date(expires * 1000).toISOString(),
      permissions: Object.keys(permissions).length > 0 ? permissions : null,
      constraints: constraints ?? null,
    }
    return context.json(answer)
  })

  const none: RealtimeQuota = { limit: 0, active: 0, remaining: 0 }
  app.get('/realtime/quota', described.quota, (context) => context.json(none))

  app.get(
    REALTIME_PATH,
    upgradeWebSocket(() => ({
      onOpen: (_event, socket) => {
        socket.send(JSON.stringify({ type: 'error', error: NO_REALTIME }))
        socket.close(CLOSE_CODE, 'Realtime is not here.')
      },
    })),
    () => {
      throw new RushesError('NOT_FOUND', NO_REALTIME)
    },
  )
  return app
}
