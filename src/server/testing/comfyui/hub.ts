import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'

/** How the sockets of the fake are: `silent` takes them and tells nothing, `none` takes none. */
export type SocketMode = 'normal' | 'silent' | 'none'

export type Hub = ReturnType<typeof createHub>

/**
 * The sockets of the fake by client id, with what is odd about the real ones: one more of the same id takes the place of
 * the old one, and when that closes, however late, the new one is forgotten and hears nothing any more.
 */
export const createHub = (greeting: () => unknown, features: () => unknown, changed: () => void) => {
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  const sockets = new Map<string, WebSocket>()
  const all = new Set<WebSocket>()
  let mode: SocketMode = 'normal'
  let accepted = 0

  const write = (socket: WebSocket, type: string, data: unknown): void => {
    if (mode === 'normal') socket.send(JSON.stringify({ type, data }))
  }
  const welcome = (socket: WebSocket, id: string): void => {
    accepted++
    all.add(socket)
    sockets.set(id, socket)
    socket.on('error', () => undefined)
    socket.on('close', () => {
      all.delete(socket)
      sockets.delete(id)
      changed()
    })
    socket.once('message', (data: Buffer) => {
      const isFlags = /"type":\s*"feature_flags"/.test(data.toString())
      if (isFlags) write(socket, 'feature_flags', features())
    })
    write(socket, 'status', { status: greeting(), sid: id })
    changed()
  }

  return {
    upgrade: (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
      const url = new URL(request.url ?? '/', 'http://localhost')
      if (mode === 'none' || !/^(\/api)?\/ws$/.test(url.pathname)) return void stream.destroy()
      const id = url.searchParams.get('clientId') ?? crypto.randomUUID()
      server.handleUpgrade(request, stream, head, (socket) => welcome(socket, id))
    },
    /** Tells one client, or all where none is named. */
    tell: (type: string, data: unknown, id: string | null): void => {
      const to = id === null ? [...sockets.values()] : [sockets.get(id)]
      for (const socket of to) if (socket) write(socket, type, data)
    },
    /** A preview: a number, then a picture that is none. */
    preview: (id: string | null): void => {
      const socket = id === null ? undefined : sockets.get(id)
      if (mode === 'normal') socket?.send(Buffer.from([0, 0, 0, 1, 0, 0, 0, 2, 137, 80, 78, 71]))
    },
    become: (next: SocketMode): void => {
      mode = next
      if (next === 'none') for (const socket of all) socket.terminate()
    },
    open: () => all.size,
    /** How many there ever were. */
    accepted: () => accepted,
    drop: (): void => {
      for (const socket of all) socket.terminate()
    },
  }
}
