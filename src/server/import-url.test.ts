import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { createImportUrl, isPublicAddress } from './import-url.ts'

const servers: Server[] = []
afterEach(() => {
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
    await expect(anywhere('http://127.0.0.1:1/', signal())).rejects.toThrow(/could not be reached \(ECONNREFUSED\)/)
    const url = await serve(() => undefined)
    const controller = new AbortController()
    const waiting = anywhere(url, controller.signal)
    controller.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
  })
})
