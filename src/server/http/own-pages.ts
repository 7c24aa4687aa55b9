import type { MiddlewareHandler } from 'hono'
import { RushesError } from '../../shared/errors.ts'
import { type Access, isAllowedOrigin } from './access.ts'
import type { AppEnv } from './context.ts'

/**
 * For what holds keys and runs what others wrote: of the pages that are let in at all, only those of this server may call
 * it. Programs, which send no Origin, are this machine's own.
 */
export const ownPagesOnly =
  (access: Access): MiddlewareHandler<AppEnv> =>
  async (context, next) => {
    const origin = context.req.header('origin') ?? null
    if (isAllowedOrigin(origin, access))
      throw new RushesError(
        'FORBIDDEN',
        'Only the studio itself may see and change this, not a page of ALLOWED_ORIGINS.',
      )
    return next()
  }
