import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * How one answer goes wrong.
 * - `answer`: this instead of the right one; nothing is done
 * - `refuse`: the connection breaks before the request is read
 * - `lost`: the request is carried out, and the connection breaks instead of an answer
 * - `garbled`: the request is carried out, and the answer is a page that says nothing
 * - `hold`: the request is carried out, and answered only after `release()`
 * - `cut`: the answer's body stops half-way
 */
export type FalFault =
  | { kind: 'answer'; status: number; body?: unknown; headers?: Record<string, string> }
  | { kind: 'refuse' }
  | { kind: 'lost' }
  | { kind: 'garbled' }
  | { kind: 'hold' }
  | { kind: 'cut' }

export const FAL_ROUTES = ['submit', 'status', 'result', 'cancel', 'account', 'initiate', 'put', 'media'] as const
export type FalRoute = (typeof FAL_ROUTES)[number]

/** What a request comes to: sent as it is, or as bytes. */
export type FalAnswer = {
  status: number
  body: unknown
  headers?: Record<string, string>
}

export const writeAnswer = (response: ServerResponse, answer: FalAnswer, cut = false): void => {
  const media = Buffer.isBuffer(answer.body)
  const bytes = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(JSON.stringify(answer.body ?? null))
  const type: Record<string, string> = media ? {} : { 'content-type': 'application/json' }
  response.writeHead(answer.status, { ...type, 'content-length': bytes.length, ...answer.headers })
  if (cut) response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy())
  else response.end(bytes)
}

/** Faults that wait for their route, one answer each, and answers that are held back. */
export const createFaults = () => {
  const waiting = new Map<FalRoute, FalFault[]>()
  const held: (() => void)[] = []

  /** Plays the next fault of that route around the right answer. `act` is what the request asks for. */
  const play = async (
    route: FalRoute,
    request: IncomingMessage,
    response: ServerResponse,
    act: () => Promise<FalAnswer>,
  ): Promise<void> => {
    const fault = waiting.get(route)?.shift()
    if (fault?.kind === 'refuse') return void request.destroy()
    if (fault?.kind === 'answer') {
      request.resume()
      const { status, body = { detail: 'as the test wants it' }, headers = {} } = fault
      return writeAnswer(response, { status, body, headers })
    }
    const answer = await act()
    if (fault?.kind === 'lost') return void response.destroy()
    if (fault?.kind === 'garbled') return void response.writeHead(200).end('<html>Welcome to the airport</html>')
    if (fault?.kind === 'hold') await new Promise<void>((resolve) => held.push(resolve))
    writeAnswer(response, answer, fault?.kind === 'cut')
  }
  return {
    play,
    /** The next answers of that route go wrong like this, one after the other. */
    fail: (route: FalRoute, ...next: FalFault[]): void =>
      void waiting.set(route, [...(waiting.get(route) ?? []), ...next]),
    /** All answers are right again. */
    mend: (): void => waiting.clear(),
    /** Answers what was held. */
    release: (): void => {
      for (const go of held.splice(0)) go()
    },
  }
}
