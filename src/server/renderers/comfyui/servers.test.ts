import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLIP } from '../../testing/clip.ts'
import { firstOfPrefix, resultOf, viewPath } from './results.ts'
import { serversOf } from './servers.ts'
import { isTurned } from './turned.ts'
import { isAtLeast, SINCE, versionOf } from './version.ts'

const servers = (url: string, headers = {}) => serversOf({ url, key: null, headers, more: {} })

describe('the servers of the settings', () => {
  it('are a pool, each once, with or without a scheme', () => {
    expect(
      servers(' render-box:8188/, http://10.0.0.5:8188 ,https://comfy.example.com/gpu/?x=1,render-box:8188'),
    ).toEqual([
      { url: 'http://render-box:8188', host: 'render-box', where: 'your network', headers: {} },
      { url: 'http://10.0.0.5:8188', host: '10.0.0.5', where: 'your network', headers: {} },
      { url: 'https://comfy.example.com/gpu', host: 'comfy.example.com', where: 'a third party', headers: {} },
    ])
    expect(servers('http://localhost:8188,http://localhost:8189').map(({ host }) => host)).toEqual([
      'localhost:8188',
      'localhost:8189',
    ])
    expect(servers('')).toEqual([])
  })

  it('show no user and no password, and send them', () => {
    const [server] = servers('https://ada:s%40cret@gpu.lan', { 'x-team': 'film' })
    expect(server?.url).toBe('https://gpu.lan')
    expect(server?.headers).toEqual({
      authorization: `Basic ${Buffer.from('ada:s@cret').toString('base64')}`,
      'x-team': 'film',
    })
  })

  it.each(['ftp://render-box', 'http://', 'http://a b:c:d'])('that are none are refused: %s', (url) => {
    expect(() => servers(url)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', fields: { url: expect.any(String) } }),
    )
  })
})

describe('versions', () => {
  it.each([
    ['0.3.57', true],
    ['v0.3.64', true],
    ['0.45.0-rc1', true],
    ['1.0', true],
    ['0.3.56', false],
    ['0.3.5', false],
    ['unknown', false],
    ['', false],
  ])('%s can stop one order alone: %s', (text, can) => {
    expect(isAtLeast(versionOf(text), SINCE.interruptOne)).toBe(can)
  })
})

describe('a result', () => {
  const file = (filename: string, type = 'output') => ({ filename, subfolder: '', type })
  it('is the one of the wanted node, of the wanted kind, and no preview', () => {
    const outputs = {
      '1': { images: [file('preview.png', 'temp')] },
      '8': { images: [file('still.png'), file('clip.mp4')], audio: [file('sound.flac')] },
      '9': { gifs: [file('other.webm')] },
    }
    expect(resultOf(outputs, '8', 'video')?.filename).toBe('clip.mp4')
    expect(resultOf(outputs, '8', 'image')?.filename).toBe('still.png')
    expect(resultOf(outputs, '7', 'video')?.filename).toBe('clip.mp4')
    expect(resultOf({ '1': outputs[1] }, '8', 'image')?.filename).toBe('preview.png')
    expect(resultOf({ '8': { audio: [file('sound.flac')] } }, '8', 'video')).toBeUndefined()
    expect(resultOf({ '8': { images: [file('moving.webp')] } }, '8', 'video')?.filename).toBe('moving.webp')
  })

  it('has an address that says nothing but what it is', () => {
    expect(viewPath({ filename: 'a b&c.png', subfolder: 'rushes/x', type: 'output' })).toBe(
      '/view?filename=a+b%26c.png&subfolder=rushes%2Fx&type=output',
    )
    expect(firstOfPrefix('rushes/job_1', 'video')).toEqual({
      filename: 'job_1_00001_.mp4',
      subfolder: 'rushes',
      type: 'output',
    })
  })
})

describe('a clip that is turned when it is played', () => {
  const directory = mkdtempSync(join(tmpdir(), 'rushes-turned-'))
  const at = (name: string) => join(directory, name)
  /** The clip with other numbers in the matrix of its track: a, b, c and d of `a b u c d v x y w`. */
  const turned = (a: number, b: number, c: number, d: number): Buffer => {
    const bytes = Buffer.from(CLIP)
    const matrix = bytes.indexOf('tkhd') + 4 + 40
    for (const [at, value] of [a, b, 0, c, d].entries()) bytes.writeInt32BE(value * 65536, matrix + 4 * at)
    return bytes
  }
  beforeAll(() => {
    writeFileSync(at('quarter.mp4'), turned(0, 1, -1, 0))
    writeFileSync(at('other-quarter.mp4'), turned(0, -1, 1, 0))
    writeFileSync(at('upside-down.mp4'), turned(-1, 0, 0, -1))
    writeFileSync(at('mirrored.mp4'), turned(-1, 0, 0, 1))
    writeFileSync(at('sound-alone.mp4'), turned(0, 0, 0, 0))
    writeFileSync(at('upright.mp4'), CLIP)
    writeFileSync(at('nonsense.mp4'), 'nothing of the kind')
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  it.each([
    ['quarter.mp4', true],
    ['other-quarter.mp4', true],
    ['upside-down.mp4', true],
    ['mirrored.mp4', true],
    ['sound-alone.mp4', false],
    ['upright.mp4', false],
    ['nonsense.mp4', false],
  ])('is known: %s %s', async (name, turned) => expect(await isTurned(at(name))).toBe(turned))
})
