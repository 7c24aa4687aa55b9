import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'

/** Another side that says what it likes, byte by byte, on a free port of loopback. */
export type RawServer = {
  url: string
  /** How many connections came. */
  connections: () => number
  close: () => Promise<void>
}

const listen = async (
  server: Server,
  scheme: string,
  sockets: Set<Socket>,
  count: () => number,
): Promise<RawServer> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `${scheme}://127.0.0.1:${address.port}`,
    connections: count,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** Calls `talk` with each connection once the first bytes of a request are there; they are dropped. */
export const startRawServer = async (talk: (socket: Socket) => void): Promise<RawServer> => {
  const sockets = new Set<Socket>()
  let connections = 0
  const server = createServer((socket) => {
    connections++
    sockets.add(socket)
    // The other side hangs up in most of the tests.
    socket.on('error', () => undefined)
    socket.once('data', () => talk(socket))
  })
  return listen(server, 'http', sockets, () => connections)
}

/** Says that, and nothing more. */
export const saying =
  (text: string) =>
  (socket: Socket): void =>
    void socket.write(text)

/** Says that, then a byte or more every so many milliseconds without end. */
export const dripping =
  (text: string, drop: string | Buffer, every: number) =>
  (socket: Socket): void => {
    socket.write(text)
    const timer = setInterval(() => socket.write(drop), every)
    socket.once('close', () => clearInterval(timer))
  }

/** A server for https whose certificate nobody has signed. */
export const startUntrustedServer = async (): Promise<RawServer> => {
  const sockets = new Set<Socket>()
  const server = createTlsServer({ key: KEY, cert: CERTIFICATE })
  server.on('connection', (socket: Socket) => sockets.add(socket))
  server.on('tlsClientError', () => undefined)
  return listen(server, 'https', sockets, () => sockets.size)
}

/** Made for these tests and of use for nothing else: for localhost, and valid for a hundred years. */
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgQQCga+U/TpY1fdoR
TmdONhP0J7nZNwnbIQOFldMwdZihRANCAATcYVgw5KKw+oh0/g65SxkQELdQoGRL
qr3IXHFK9L07WdyqFCHiRNqVIKQYgpF6OxMw7HtdLFKFT354xf0x7Gv3
-----END PRIVATE KEY-----`

const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUSSBjKN8DS9R7yfzfj0yj4cpwzOEwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyOTEwNTY0MFoYDzIxMjYxMTA1
MTA1NjQwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATcYVgw5KKw+oh0/g65SxkQELdQoGRLqr3IXHFK9L07WdyqFCHiRNqV
IKQYgpF6OxMw7HtdLFKFT354xf0x7Gv3o28wbTAdBgNVHQ4EFgQUAX8uopsaxVAX
vn2vN0w0qjPKIkUwHwYDVR0jBBgwFoAUAX8uopsaxVAXvn2vN0w0qjPKIkUwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIhAPTf1+IIJ38F1Cv13BOos3UGs38PIymedXTcYaDEXYMjAiAQ
4SC6mqCanNNI5Q/rzVJI8aLeJN39dgyb8+mtc2fclA==
-----END CERTIFICATE-----`
