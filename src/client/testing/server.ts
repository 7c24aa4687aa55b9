import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { buildClient } from '../client.ts'
import { PACE } from '../transport.ts'

export type Seen = { method: string; url: string; headers: IncomingMessage['headers']; body: Buffer }
type Answer = (seen: Seen, response: ServerResponse) => void

/** A real server on loopback that keeps what it saw and answers as the test says. */
export const startServer = async (answer: Answer) => {
  const seen: Seen[] = []
  const waiting: (() => void)[] = []
  const server = createServer((request, response) => {
    // A client that goes away half-way is the subject of some tests, not their failure.
    buffer(request).then(
      (body) => {
        const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body }
        seen.push(one)
        for (const check of waiting.splice(0)) check()
        answer(one, response)
      },
      () => {},
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')

  /** Resolves with the first request that fits, now or later. */
  const request = async (fits: (one: Seen) => boolean): Promise<Seen> => {
    for (;;) {
      const found = seen.find(fits)
      if (found) return found
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
  }
  const close = () => {
    server.closeAllConnections()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return { url: `http://127.0.0.1:${address.port}`, seen, request, close }
}

export const json = (response: ServerResponse, body: unknown, status = 200, headers: Record<string, string> = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))

/** The parts of a multipart request. */
export const formOfRequest = (seen: Seen | undefined): Promise<FormData> => {
  if (!seen) throw new Error('no request came')
  const { headers, body } = seen
  return new Response(new Uint8Array(body), { headers: { 'content-type': headers['content-type'] ?? '' } }).formData()
}

export const QUICK = { ...PACE, firstPoll: 1, slowestPoll: 5, retries: [1, 2, 3] }

/** The client as it is, but for its waiting times. */
export const quickClient = (baseUrl: string, apiKey?: string) => buildClient({ baseUrl, apiKey }, QUICK)
