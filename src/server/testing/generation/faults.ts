import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * How one answer goes wrong.
 * - `answer`: this instead of the right one; nothing is done. A text goes out as it is
 * - `refuse`: the connection breaks before the request is read
 * - `lost`: the request is carried out, and the connection breaks instead of an answer
 * - `page`: the request is carried out, and the answer is a web page
 * - `hold`: the request is carried out, and answered only after `release()`
 * - `cut`: the answer stops half-way
 */
export type Fault =
  | { kind: 'answer'; status: number; body?: unknown; headers?: Record<string, string> }
  | { kind: 'refuse' }
  | { kind: 'lost' }
  | { kind: 'page' }
  | { kind: 'hold' }
  | { kind: 'cut' }

/** A right answer: JSON, or bytes. */
export type Right = { status: number; body: unknown } | { status: number; bytes: Buffer; type: string }

export const PAGE = '<!doctype html><title>Welcome to the airport</title>'

const write = (response: ServerResponse, right: Right): void => {
  const isBytes = 'bytes' in right
  const bytes = isBytes ? right.bytes : Buffer.from(JSON.stringify(right.body))
  const type = isBytes ? right.type : 'application/json'
  response.writeHead(right.status, { 'content-type': type, 'content-length': bytes.length }).end(bytes)
}

const cut = (response: ServerResponse, right: Right): void => {
  const bytes = 'bytes' in right ? right.bytes : Buffer.from(JSON.stringify(right.body))
  response.writeHead(right.status, { 'content-length': bytes.length })
  response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy())
}

/** Plays a fault, if there is one, around the right answer, which `act` finds by carrying out the request. */
export const play = async (
  fault: Fault | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  act: () => Promise<Right>,
  held: (go: () => void) => void,
): Promise<void> => {
  if (fault?.kind === 'refuse') return void request.destroy()
  if (fault?.kind === 'answer') {
    request.resume()
    if (typeof fault.body !== 'string') {
      response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers })
      return void response.end(JSON.stringify(fault.body ?? { detail: 'as the test wants it' }))
    }
    return void response.writeHead(fault.status, fault.headers).end(fault.body)
  }
  const right = await act()
  if (fault?.kind === 'lost') return void response.destroy()
  if (fault?.kind === 'page') return void response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE)
  if (fault?.kind === 'hold') await new Promise<void>((resolve) => held(resolve))
  if (fault?.kind === 'cut') return cut(response, right)
  write(response, right)
}
