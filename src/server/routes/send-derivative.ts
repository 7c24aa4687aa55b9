import type { AppContext } from '../http/context.ts'
import { type ByteSource, sendFile } from '../http/send-file.ts'
import { RushesError } from '../../shared/errors.ts'
import { wantsProxy } from '../../shared/library.ts'
import type { DerivativesAhead, WantedDerivative } from '../derivatives-ahead.ts'
import type { Derivatives } from '../store/derivatives.ts'

/** Sends a derivative, which is made where it is not there yet. */
export const sendDerivative = async (
  context: AppContext,
  deps: { derivatives: Pick<Derivatives, 'describe' | 'isMade' | 'ensure'>; blobs: ByteSource },
  { kind, id, source }: WantedDerivative,
): Promise<Response> => {
  const { derivatives, blobs } = deps
  const described = derivatives.describe(kind, id)
  // To ask what one would be is no reason to make it.
  if (context.req.method === 'HEAD' && !(await derivatives.isMade(kind, id)))
    return context.body(null, 200, { 'content-type': described.mimeType })
  const key = await derivatives.ensure(kind, id, source)
  return sendFile(context, blobs, { ...described, key, download: false })
}

/** Throws where a clip, or picture, of that length has no proxy. */
export const requireLong = (seconds: number | null): void => {
  if (!wantsProxy(seconds))
    throw new RushesError('UNSUPPORTED_MEDIA', 'Only clips of some length have a proxy: this one is shown as it is.')
}

/** Seconds after which a proxy that is being made may be there. */
const PROXY_SOON = 10

/** Sends a clip's proxy; 202 where it is still to be made, in the background. */
export const sendProxy = async (
  context: AppContext,
  deps: {
    derivatives: Pick<Derivatives, 'describe' | 'isMade' | 'ensure'>
    ahead: DerivativesAhead
    blobs: ByteSource
  },
  { id, source }: Omit<WantedDerivative, 'kind'>,
): Promise<Response> => {
  const wanted = { kind: 'proxy', id, source } as const
  if (await deps.derivatives.isMade('proxy', id)) return sendDerivative(context, deps, wanted)
  // To ask whether it is there is no reason to make it.
  if (context.req.method !== 'HEAD' && !deps.ahead.want(wanted))
    throw new RushesError('UNSUPPORTED_MEDIA', 'No proxy can be made of this clip. It is shown without one.')
  return context.body(null, 202, { 'retry-after': String(PROXY_SOON) })
}
