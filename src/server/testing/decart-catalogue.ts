import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { json as jsonOf } from 'node:stream/consumers'

/** A cut of the document that Decart's cloud gave out in August 2026: what it says of some of its models. */
export const DECART_DOCUMENT = readFileSync(new URL('decart-openapi.json', import.meta.url), 'utf8')

/**
 * The two calls by which Decart's cloud tells what it serves, on loopback: `/openapi.json` as the test wants it, and names
 * by what they mean. Asked for several, it refuses all where `strict` and one is unknown; else it leaves that one out.
 */
export const startCatalogueServer = async (
  means: Record<string, string>,
  options: { document?: string; strict?: boolean } = {},
) => {
  let document = options.document ?? DECART_DOCUMENT
  let status = 200
  const requests: { path: string; key: string | undefined; body: unknown }[] = []
  const server = createServer(async (request, response) => {
    const path = request.url ?? ''
    const body: unknown = request.method === 'POST' ? await jsonOf(request) : null
    requests.push({ path, key: request.headers['x-api-key']?.toString(), body })
    const say = (code: number, answer: unknown) =>
      void response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    if (path === '/openapi.json') return void response.end(document)
    if (path !== '/v1/models/resolve') return say(404, { detail: 'Not Found' })
    if (status !== 200) return say(status, { detail: 'as the test wants it' })
    const { model, models } = body as { model?: string; models?: string[] }
    const unknown = () => say(404, { detail: 'Unknown model' })
    if (model !== undefined) return means[model] ? say(200, { model_id: means[model], model_ids: null }) : unknown()
    const found = (models ?? []).flatMap((name) => (means[name] ? [[name, means[name]]] : []))
    if (options.strict && found.length !== models?.length) return unknown()
    say(200, { model_id: null, model_ids: Object.fromEntries(found) })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    means,
    /** What `/openapi.json` says from now on. */
    publish: (text: string) => void (document = text),
    /** The status of every answer about names from now on. */
    answerNames: (code: number) => void (status = code),
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
export type CatalogueServer = Awaited<ReturnType<typeof startCatalogueServer>>
