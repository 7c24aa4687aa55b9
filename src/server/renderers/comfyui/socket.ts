import type { Logger } from 'pino'
import { WebSocket } from 'ws'
import type { Server } from './servers.ts'

export type SocketOptions = {
  server: Server
  clientId: string
  /** A text frame. */
  onText: (text: string) => void
  /** The line broke: the server may be another after. */
  onBreak: () => void
  logger: Pick<Logger, 'info' | 'warn'>
}

export type Socket = {
  /** Wants it open from now on, and resolves once it is, or after so many milliseconds. Never rejects. */
  open: (patience: number) => Promise<void>
  /** It says nothing although there was something to say: opened anew, at most once in a while. */
  renew: () => void
  isOpen: () => boolean
  close: () => void
}

/** Milliseconds before each further try to open it. */
const AGAIN = [500, 1000, 2000, 5000, 10_000, 30_000]
/** Milliseconds between two times that a silent one is opened anew. */
const RENEW = 60_000
/** Bytes of one frame: previews are pictures. */
const LARGEST_FRAME = 64 * 1024 ** 2

/**
 * The one socket to a server: kept, opened again where it breaks, under the same client id, to which alone a server
 * tells of an order. It decorates: whatever it leaves out is found by polling.
 */
export const createSocket = ({ server, clientId, onText, onBreak, logger }: SocketOptions): Socket => {
  const url = `${server.url.replace(/^http/, 'ws')}/ws?clientId=${clientId}`
  const waiting = new Set<() => void>()
  let socket: WebSocket | undefined
  let timer: NodeJS.Timeout | undefined
  let failures = 0
  let renewedAt = -RENEW
  let isWanted = false
  let isClosed = false

  const answer = () => {
    for (const go of waiting) go()
    waiting.clear()
  }

  const connect = (): void => {
    clearTimeout(timer)
    timer = undefined
    const opened = new WebSocket(url, {
      headers: { ...server.headers },
      maxPayload: LARGEST_FRAME,
      perMessageDeflate: false,
      handshakeTimeout: 10_000,
    })
    socket = opened
    let stood = false
    opened.on('open', () => {
      stood = true
      failures = 0
      answer()
    })
    opened.on('message', (data, isBinary) => {
      if (!isBinary) onText(Buffer.isBuffer(data) ? data.toString('utf8') : String(data))
    })
    opened.on('error', (error) => logger.info({ host: server.host, why: error.message }, 'a ComfyUI socket failed'))
    opened.on('close', () => {
      if (socket !== opened) return
      socket = undefined
      answer()
      if (!isWanted) return
      if (stood) onBreak()
      timer = setTimeout(connect, AGAIN[Math.min(failures++, AGAIN.length - 1)])
      timer.unref()
    })
  }

  const isOpen = (): boolean => socket?.readyState === WebSocket.OPEN

  return {
    open: (patience) => {
      if (isClosed) return Promise.resolve()
      isWanted = true
      if (isOpen()) return Promise.resolve()
      if (!socket && !timer) connect()
      return new Promise((resolve) => {
        const enough = setTimeout(() => go(), patience)
        const go = () => {
          clearTimeout(enough)
          waiting.delete(go)
          resolve()
        }
        waiting.add(go)
      })
    },
    renew: () => {
      if (!isOpen() || performance.now() - renewedAt < RENEW) return
      renewedAt = performance.now()
      logger.info({ host: server.host }, 'a ComfyUI socket is silent; it is opened anew')
      socket?.terminate()
    },
    isOpen,
    close: () => {
      isClosed = true
      isWanted = false
      clearTimeout(timer)
      socket?.terminate()
      answer()
    },
  }
}
