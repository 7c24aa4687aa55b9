import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import type { FileResource } from '../shared/media.ts'
import { importFile } from './import-file.ts'
import { createImportUrl } from './import-url.ts'
import { isPublicAddress } from './outgoing/public-address.ts'
import type { FileStore } from './store/file-store.ts'
import { dripping, type RawServer, saying, startRawServer } from './testing/raw-server.ts'

const servers: Server[] = []
const raw: RawServer[] = []
afterEach(async () => {
  for (const server of raw.splice(0)) await server.close()
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const signal = () => new AbortController().signal
const anywhere = createImportUrl({ isAllowed: () => true })
const publicOnly = createImportUrl()

describe('addresses', () => {
  it.each(['8.8.8.8', '2606:4700:4700::1111'])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true))
  it.each([
    '127.0.0.1',
    '10.0.0.1',
    '192.168.0.1',
    '172.16.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    'nonsense',
  ])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false))
})

describe('importing', () => {
  it('streams a file and takes its name from the address', async () => {
    const url = await serve((_request, response) => void response.end('bytes'))
    const { stream, filename } = await anywhere(`${url}/a%20clip.mp4?x=1`, signal())
    expect([await text(stream), filename]).toEqual(['bytes', 'a clip.mp4'])
  })

  it('follows redirects', async () => {
    const target = await serve((_request, response) => void response.end('there'))
    const url = await serve((_request, response) => void response.writeHead(302, { location: `${target}/x` }).end())
    const { stream } = await anywhere(url, signal())
    expect(await text(stream)).toBe('there')
  })

  it.each([
    ['404', 404, {}, /answered 404/],
    ['a web page', 200, { 'content-type': 'text/html; charset=utf-8' }, /a web page, not a file/],
    ['an endless redirect', 302, { location: '/' }, /too many times/],
    ['a redirect to a file', 302, { location: 'file:///etc/passwd' }, /Only http and https/],
  ])('says so for %s', async (_name, status, headers, message) => {
    const url = await serve((_request, response) => void response.writeHead(status, headers).end('x'))
    await expect(anywhere(url, signal())).rejects.toThrow(message)
  })

  it('never connects to an address that is not public', async () => {
    let asked = 0
    const url = await serve((_request, response) => {
      asked++
      response.end('secret')
    })
    const { port } = new URL(url)
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '0x7f.1', '2130706433', '[::ffff:7f00:1]'])
      await expect(publicOnly(`http://${host}:${port}/`, signal())).rejects.toThrow(/not a public address/)
    expect(asked).toBe(0)
  })

  it('checks again after a redirect', async () => {
    const inside = await serve((_request, response) => void response.end('secret'))
    const outside = await serve((_request, response) => void response.writeHead(302, { location: inside }).end())
    const { port } = new URL(outside)
    // The first server passes for a public one; where it sends us does not.
    let first = true
    const importUrl = createImportUrl({
      isAllowed: () => {
        const allowed = first
        first = false
        return allowed
      },
    })
    await expect(importUrl(`http://127.0.0.1:${port}/`, signal())).rejects.toThrow(/not a public address/)
  })

  it('says when nobody answers, and stops when told to', async () => {
    await expect(anywhere('http://127.0.0.1:1/', signal())).rejects.toThrow(
      'The host 127.0.0.1:1 could not be reached: nothing listens there.',
    )
    const url = await serve(() => undefined)
    const controller = new AbortController()
    const waiting = anywhere(url, controller.signal)
    controller.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
  })
})

describe('another side that does not end', () => {
  const hurried = createImportUrl({
    isAllowed: () => true,
    limits: { connect: 2000, answer: 200, pace: { bytes: 1000, within: 100 } },
  })
  const serveRaw = async (talk: Parameters<typeof startRawServer>[0]) => {
    const server = await startRawServer(talk)
    raw.push(server)
    return server.url
  }
  /** Takes in what comes, as the store does, and keeps nothing. */
  const files: Pick<FileStore, 'receive'> = {
    receive: async (stream) => {
      await text(stream)
      throw new Error('nothing of this ends')
    },
  }
  const bring = async (url: string): Promise<FileResource> =>
    importFile(
      { importUrl: hurried, files: files as FileStore },
      `${url}/a.mp4`,
      { wants: null, expiresAt: null },
      signal(),
    )
  const SWITCH = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'
  const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 100000\r\n\r\n'

  it.each([
    ['changes the protocol', saying(SWITCH), /^The host 127\.0\.0\.1:\d+ answered 101 instead of a file\.$/],
    ['says nothing', () => undefined, /^The host .* gave no answer: it did not answer within 0\.2 seconds\.$/],
    ['only hints', saying('HTTP/1.1 103 Early Hints\r\n\r\n'), /^The host .* gave no answer: it did not answer within/],
    [
      'stops',
      saying(`${HEAD}half`),
      /^The file did not come whole from .*: nothing moved for 0\.1 seconds\. Try again\.$/,
    ],
    ['drips', dripping(HEAD, 'a', 30), /^The file did not come whole from .*: it is too slow\. Try again\.$/],
  ])('%s', async (_name, talk, words) => {
    await expect(bring(await serveRaw(talk))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(words),
    })
  })
})
