import type { AppContext } from '../http/context.ts'
import { type ByteSource, sendFile } from '../http/send-file.ts'
import type { DerivativeKind, Derivatives } from '../store/derivatives.ts'

/** What is made from the blob `source` for looking at it; see {@link Derivatives}. */
export type AskedDerivative = { kind: DerivativeKind; id: string; source: string }

/** Sends a derivative, which is made where it is not there yet. */
export const sendDerivative = async (
  context: AppContext,
  deps: { derivatives: Pick<Derivatives, 'describe' | 'isMade' | 'ensure'>; blobs: ByteSource },
  { kind, id, source }: AskedDerivative,
): Promise<Response> => {
  const { derivatives, blobs } = deps
  const described = derivatives.describe(kind, id)
  // To ask what one would be is no reason to make it.
  if (context.req.method === 'HEAD' && !(await derivatives.isMade(kind, id)))
    return context.body(null, 200, { 'content-type': described.mimeType })
  const key = await derivatives.ensure(kind, id, source)
  return sendFile(context, blobs, { ...described, key, download: false })
}
