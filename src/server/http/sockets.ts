import type { createAdaptorServer } from '@hono/node-server'
import { WebSocketServer } from 'ws'

/** Milliseconds in which the other side is to hang up; it is cut off after. */
const CLOSE_MS = 1000

type SocketServer = NonNullable<Parameters<typeof createAdaptorServer>[0]['websocket']>['server']

/** Takes WebSocket connections for the app's routes. They are opened only to say that nothing is streamed here. */
export const createSocketServer = (): SocketServer => {
  const options = { noServer: true, maxPayload: 64 * 1024, closeTimeout: CLOSE_MS }
  // hono and ws are made for each other; only their types differ, in what strict TypeScript makes of optional ones.
  return new WebSocketServer(options) as unknown as SocketServer
}
