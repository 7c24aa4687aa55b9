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
const RETRY_WAITS_MS = [500, 1000, 2000, 5000, 10_000, 30_000]
/** Milliseconds between two times that a silent one is opened anew. */
const RENEW_MS = 60_000
/** Bytes of one frame: previews are pictures. */
const MAX_FRAME_BYTES = 64 * 1024 ** 2

/** Those who wait for something, for a while each. */
const createWaiters = () => {
  const waiting = new Set<() => void>()
  return {
    answer: (): void => {
      for (const go of waiting) go()
      waiting.clear()
    },
    /** Resolves when it is answered, or after so many milliseconds. */
    wait: (patience: number): Promise<void> =>
      new Promise((resolve) => {
        const enough = setTimeout(() => go(), patience)
        const go = () => {
          clearTimeout(enough)
          waiting.delete(go)
          resolve()
        }
        waiting.add(go)
      }),
  }
}

const openWebSocket = (
  url: string,
  { server, onText, logger }: Pick<SocketOptions, 'server' | 'onText' | 'logger'>,
) => {
  const opened = new WebSocket(url, {
    headers: { ...server.headers },
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    handshakeTimeout: 10_000,
  })
  opened.on('message', (data, isBinary) => {
    if (!isBinary) onText(Buffer.isBuffer(data) ? data.toString('utf8') : String(data))
  })
  opened.on('error', (error) => logger.info({ host: server.host, why: error.message }, 'a ComfyUI socket failed'))
  return opened
}

/**
 * The one socket to a server: kept, opened again where it breaks, under the same client id, to which alone a server
 * tells of an order. It decorates: whatever it leaves out is found by polling.
 */
export const createSocket = (options: SocketOptions): Socket => {
  const { server, clientId, onBreak, logger } = options
  const url = `${server.url.replace(/^http/, 'ws')}/ws?clientId=${clientId}`
  const { answer, wait } = createWaiters()
  let socket: WebSocket | undefined
  let timer: NodeJS.Timeout | undefined
  let failures = 0
  let renewedAt = -RENEW_MS
  let isWanted = false
  let isClosed = false

  const connect = (): void => {
    clearTimeout(timer)
    timer = undefined
    const opened = openWebSocket(url, options)
    socket = opened
    let stood = false
    opened.on('open', () => {
      stood = true
      failures = 0
      answer()
    })
    opened.on('close', () => {
      if (socket !== opened) return
      socket = undefined
      answer()
      if (!isWanted) return
      if (stood) onBreak()
      timer = setTimeout(connect, RETRY_WAITS_MS[Math.min(failures++, RETRY_WAITS_MS.length - 1)])
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
      return wait(patience)
    },
    renew: () => {
      if (!isOpen() || performance.now() - renewedAt < RENEW_MS) return
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
