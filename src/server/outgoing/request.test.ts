import { afterEach, describe, expect, it } from 'vitest'
import { dripping, type RawServer, saying, startRawServer, startUntrustedServer } from '../testing/raw-server.ts'
import { type Limits, RequestFailed, type RequestOptions, send, textOf } from './request.ts'

const servers: RawServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})
const serve = async (talk: Parameters<typeof startRawServer>[0]): Promise<RawServer> => {
  const server = await startRawServer(talk)
  servers.push(server)
  return server
}

const limits: Limits = { connect: 2000, answer: 300, pace: { bytes: 1000, within: 150 } }
const options = (more: Partial<RequestOptions> = {}): RequestOptions => ({
  alone: true,
  signal: new AbortController().signal,
  limits,
  ...more,
})
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n'

/** How a request ends whose whole answer is read. */
const ending = async (url: string, more: Partial<RequestOptions> = {}): Promise<unknown> => {
  try {
    const answer = await send(url, options(more))
    return [answer.status, await textOf(answer)]
  } catch (error) {
    if (error instanceof RequestFailed) return error.message
    throw error
  }
}

describe('an answer', () => {
  it.each([
    ['101 to websockets', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'],
    ['101 to nothing', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
    ['101 to TLS', 'HTTP/1.1 101 X\r\nConnection: upgrade\r\nUpgrade: TLS/1.0\r\n\r\nmore'],
  ])('of %s is one, with nothing in it', async (_name, text) => {
    const { url } = await serve(saying(text))
    expect(await ending(url)).toEqual([101, ''])
  })

  it.each([
    ['of hints alone', saying('HTTP/1.1 103 Early Hints\r\n\r\n')],
    ['of hints without end', dripping('', 'HTTP/1.1 102 Processing\r\n\r\n', 20)],
    ['of a head that drips', dripping('HTTP/1.1 200 OK\r\nX-Long: ', 'a', 20)],
    ['of nothing at all', () => undefined],
  ])('%s is waited for no longer than it may take', async (_name, talk) => {
    const { url } = await serve(talk)
    expect(await ending(url)).toBe('it did not answer within 0.3 seconds')
  })

  it.each([
    ['that stops', saying(`${HEAD}Content-Length: 100\r\n\r\nhalf`), 'nothing moved for 0.15 seconds'],
    ['without a length that stops', saying(`${HEAD}\r\nhalf`), 'nothing moved for 0.15 seconds'],
    ['that drips', dripping(`${HEAD}Content-Length: 100000\r\n\r\n`, 'a', 40), 'it is too slow'],
    ['that drips in chunks', dripping(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`, '1\r\na\r\n', 40), 'it is too slow'],
    ['that never ends', dripping(`${HEAD}\r\n`, Buffer.alloc(300_000, 'a'), 5), 'its answer does not end'],
  ])('%s ends', async (_name, talk, words) => {
    const { url } = await serve(talk)
    expect(await ending(url)).toBe(words)
  })

  it('that is slow but goes on is read to its end, however long it takes', async () => {
    let rest = 24
    const { url } = await serve((socket) => {
      socket.write(`${HEAD}Content-Length: 12000\r\n\r\n`)
      const timer = setInterval(() => {
        socket.write(Buffer.alloc(500, 'a'))
        if (--rest === 0) clearInterval(timer)
      }, 30)
    })
    const started = performance.now()
    expect(await ending(url)).toEqual([200, 'a'.repeat(12_000)])
    expect(performance.now() - started).toBeGreaterThan(3 * limits.pace.within)
  })

  it('that nobody reads here is not called slow', async () => {
    const { url } = await serve(saying(`${HEAD}Content-Length: 200000\r\n\r\n${'a'.repeat(200_000)}`))
    const answer = await send(url, options())
    await new Promise((resolve) => setTimeout(resolve, 4 * limits.pace.within))
    expect((await textOf(answer)).length).toBe(200_000)
  })

  it('that breaks off says so', async () => {
    const { url } = await serve((socket) => socket.end(`${HEAD}Content-Length: 100\r\n\r\nhalf`))
    expect(await ending(url)).toBe('the connection broke')
  })

  it('ends at once, with the reason, when aborted before, at and after its head', async () => {
    const reason = Symbol('enough')
    expect(await send('http://127.0.0.1:1', options({ signal: AbortSignal.abort(reason) })).catch((e) => e)).toBe(
      reason,
    )
    const controller = new AbortController()
    const silent = await serve(() => controller.abort(reason))
    expect(await send(silent.url, options({ signal: controller.signal })).catch((e) => e)).toBe(reason)
    const late = new AbortController()
    const { url } = await serve(saying(`${HEAD}Content-Length: 100\r\n\r\nhalf`))
    const { body } = await send(url, options({ signal: late.signal }))
    late.abort(new Error('enough'))
    await expect(body.toArray()).rejects.toThrow('enough')
  })
})

describe('a body', () => {
  async function* large() {
    for (let index = 0; index < 640; index++) yield Buffer.alloc(100_000)
  }

  it('that is not taken ends', async () => {
    const { url, connections } = await serve((socket) => void socket.pause())
    expect(await ending(url, { body: large() })).toBe('nothing moved for 0.15 seconds')
    expect(connections()).toBe(1)
  })

  it('that is taken in drips ends', async () => {
    const { url } = await serve((socket) => {
      socket.pause()
      const timer = setInterval(() => socket.read(1), 20)
      socket.once('close', () => clearInterval(timer))
    })
    expect(await ending(url, { body: large() })).toMatch(/^nothing moved for|^it is too slow/)
  })

  it('that is long in coming from here is not called slow', async () => {
    async function* slow() {
      for (const letter of 'abcd') {
        await new Promise((resolve) => setTimeout(resolve, limits.pace.within))
        yield Buffer.from(letter)
      }
    }
    let seen = ''
    const { url } = await serve((socket) =>
      socket.on('data', (bytes) => {
        seen += bytes.toString('latin1')
        if (seen.includes('d')) socket.end(`${HEAD}Content-Length: 2\r\n\r\nok`)
      }),
    )
    expect(await ending(url, { body: slow(), headers: { 'content-length': 4 } })).toEqual([200, 'ok'])
  })
})

describe('what cannot be reached', () => {
  it('is told in words', async () => {
    const http = await serve(saying('HTTP/1.1 400 Bad Request\r\n\r\n'))
    const untrusted = await startUntrustedServer()
    servers.push(untrusted)
    const nonsense = await serve(saying('220 mail.example.com ESMTP\r\n\r\n'))
    const words = await Promise.all(
      [
        'http://127.0.0.1:1/',
        'http://no-such-host.invalid/',
        untrusted.url,
        http.url.replace('http', 'https'),
        nonsense.url,
      ].map((url) => ending(url)),
    )
    expect(words[0]).toBe('nothing listens there')
    // Without a network the name cannot be asked for.
    expect(words[1]).toMatch(/^there is no host of that name$|^its name could not be looked up/)
    expect(words[2]).toBe('its certificate cannot be trusted')
    expect(words[3]).toBe('it does not speak https there')
    expect(words[4]).toBe('what it says is no HTTP')
  })

  it('is told from what was reached, and is given up in time', async () => {
    const unreached: unknown = await send('http://127.0.0.1:1', options()).catch((error: unknown) => error)
    expect(unreached).toMatchObject({ name: 'RequestFailed', reached: false })
    const { url } = await serve((socket) => void socket.destroy())
    expect(await send(url, options()).catch((error: unknown) => error)).toMatchObject({ reached: true })
    // A name look-up that does not come back stands in for a host that does not.
    const lookup = () => undefined
    const short = { ...limits, connect: 50 }
    expect(await ending('http://example.com/', { lookup, limits: short })).toBe('it did not answer within 0.05 seconds')
  })
})
