import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { checkInputs } from '../../../shared/models/check.ts'
import { fieldsOf } from '../../../shared/models/describe.ts'
import { createCatalogue } from '../../models/catalogue.ts'
import type { Limits } from '../../outgoing/request.ts'
import { createFolders } from '../../store/folders.ts'
import { DECART_DOCUMENT, startCatalogueServer } from '../../testing/decart-catalogue.ts'
import { dripping, saying, startRawServer } from '../../testing/raw-server.ts'
import { createDiscovery, type Discovery } from './discovery.ts'

const KEY = 'secret-key-51aa'
const LIMITS: Limits = { connect: 2000, answer: 150, pace: { bytes: 1000, within: 150 } }

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

/** Names as the cloud of the fixture knows them; it serves 2.6 and the try-ons without describing them. */
const MEANS = {
  'lucy-latest': 'lucy-2.1',
  'lucy-vton-latest': 'lucy-vton-3.5',
  'lucy-restyle-latest': 'lucy-restyle-2',
  'lucy-clip-latest': 'lucy-clip',
  'lucy-image-latest': 'lucy-image-2',
  'lucy-pro-v2v': 'lucy-clip',
  'lucy-2.6': 'lucy-2.6',
  'lucy-vton-3.5': 'lucy-vton-3.5',
  'lucy-vton-3.6': 'lucy-vton-3.6',
}

const cloud = async (
  means: Record<string, string> = MEANS,
  options: Parameters<typeof startCatalogueServer>[1] = {},
) => {
  const server = await startCatalogueServer({ ...means }, options)
  cleanups.push(server.close)
  return server
}

const workplace = () => {
  const root = mkdtempSync(join(tmpdir(), 'rushes-'))
  cleanups.push(() => rmSync(root, { recursive: true, force: true }))
  return { root, dataFile: join(root, 'decart-models.json') }
}

/** A discovery with a log of its own; `day` is the server's today. */
const discoveryOf = (baseUrl: string, place = workplace(), day = '2026-11-29') => {
  const log: string[] = []
  const write = (about: object, words?: string) => void log.push(`${words}: ${JSON.stringify(about)}`)
  const discovery = createDiscovery({
    baseUrl,
    apiKey: KEY,
    dataFile: place.dataFile,
    folders: createFolders(place.root),
    logger: { info: write, warn: write },
    now: () => new Date(`${day}T12:00:00Z`),
    limits: LIMITS,
  })
  return { discovery, log, place }
}
const look = (discovery: Discovery) => discovery.look(new AbortController().signal)

type Paths = Record<string, { post: { summary: string; requestBody: unknown; responses: unknown } }>
type Document = { paths: Paths; components: { schemas: Record<string, unknown> } }
/** The fixture, changed. */
const documentWith = (change: (document: Document) => void): string => {
  const document = JSON.parse(DECART_DOCUMENT) as Document
  change(document)
  return JSON.stringify(document)
}
/** A model's path with a form of these properties. */
const addModel = (document: Document, path: string, title: string, properties: object, required: string[]) => {
  const schema = { type: 'object', properties, required }
  const requestBody = { content: { 'multipart/form-data': { schema } } }
  document.paths[path] = { post: { summary: title, requestBody, responses: {} } }
}
const FILE = { type: 'string', format: 'binary' }

describe('before anybody has looked', () => {
  it('the table counts', () => {
    const { discovery } = discoveryOf('http://127.0.0.1:1')
    expect(discovery.serves('lucy-latest')).toMatchObject({ id: 'lucy-2.1' })
    expect(discovery.serves('lucy-pro-v2v')).toMatchObject({ id: 'lucy-clip', drops: ['num_inference_steps'] })
    expect([discovery.serves('lucy-motion'), discovery.goneSince('lucy-motion')]).toEqual([null, '2026-10'])
    expect([discovery.list(), discovery.goneSince('lucy-clip')]).toEqual([[], null])
  })
})

describe('a look', () => {
  it('finds what the table says confirmed, and how the cloud takes it', async () => {
    const server = await cloud()
    const { discovery, log } = discoveryOf(`${server.url}/`)
    await look(discovery)
    for (const id of ['lucy-2.5', 'lucy-2.6', 'lucy-vton-3.6', 'lucy-clip', 'lucy-image-2'])
      expect([id, discovery.serves(id)?.id, discovery.goneSince(id)]).toEqual([id, id, null])
    expect(discovery.serves({ id: 'lucy-image-2' })?.resolutions).toEqual(['480p', '720p'])
    // A field that the document does not have.
    expect(discovery.serves('lucy-pro-v2v')?.drops).toEqual(['num_inference_steps'])
    expect([discovery.list(), log]).toEqual([[], []])
    expect(server.requests.map(({ path, key }) => [path, key])).toEqual([
      ['/openapi.json', KEY],
      ['/v1/models/resolve', KEY],
    ])
  })

  it('asks for names one by one where one of several is refused with the others', async () => {
    const server = await cloud(MEANS, { strict: true })
    const { discovery } = discoveryOf(server.url)
    await look(discovery)
    expect(discovery.aliases().get('lucy-vton-latest')).toBe('lucy-vton-3.5')
    expect(discovery.goneSince('lucy-2.6')).toBeNull()
  })

  it('marks what is not there any more with the day, keeps that, and takes it back when it returns', async () => {
    const { 'lucy-2.6': _, ...without } = MEANS
    const server = await cloud(without)
    const first = discoveryOf(server.url, workplace(), '2026-11-29')
    await look(first.discovery)
    expect([first.discovery.serves('lucy-2.6'), first.discovery.goneSince('lucy-2.6')]).toEqual([null, '2026-11-29'])
    expect(first.log.join()).toContain('lucy-2.6')
    server.publish(documentWith(({ paths }) => delete paths['/v1/jobs/lucy-clip']))
    const later = discoveryOf(server.url, first.place, '2026-12-05')
    expect(later.discovery.goneSince('lucy-2.6')).toBe('2026-11-29')
    await look(later.discovery)
    expect(['lucy-2.6', 'lucy-clip', 'lucy-pro-v2v'].map((id) => later.discovery.goneSince(id))).toEqual([
      '2026-11-29',
      '2026-12-05',
      '2026-12-05',
    ])
    expect(later.discovery.serves('lucy-pro-v2v')).toBeNull()
    server.means['lucy-2.6'] = 'lucy-2.6'
    await look(later.discovery)
    expect([later.discovery.serves('lucy-2.6')?.id, later.discovery.goneSince('lucy-2.6')]).toEqual(['lucy-2.6', null])
  })

  it('takes up what the table has for retired where the cloud serves it', async () => {
    const document = documentWith((each) => {
      const properties = { data: FILE, prompt: { type: 'string', default: '' }, seed: { type: 'integer' } }
      addModel(each, '/v1/jobs/lucy-vton-2', 'Try-on 2', properties, ['data'])
    })
    const server = await cloud(MEANS, { document })
    const { discovery } = discoveryOf(server.url)
    await look(discovery)
    expect(discovery.serves('lucy-vton')).toMatchObject({
      id: 'lucy-vton-2',
      drops: ['reference_image', 'resolution', 'enhance_prompt'],
    })
    expect(discovery.goneSince('lucy-vton-2')).toBeNull()
  })

  it('finds a new model, with a form of its schema, by its alias too', async () => {
    const document = documentWith((each) => {
      const properties = {
        data: { ...FILE, description: 'Video file to process' },
        prompt: { anyOf: [{ type: 'string' }, { type: 'null' }], title: 'Prompt' },
        mask: { anyOf: [FILE, { type: 'null' }], title: 'Mask', description: 'Image of what is to change' },
        strength: { type: 'number', minimum: 0, maximum: 1, default: 0.7, title: 'Strength' },
        mode: { $ref: '#/components/schemas/Mode' },
        loop: { type: 'boolean', default: true, title: 'Loop' },
        tags: { type: 'array', items: { type: 'string' } },
        resolution: { type: 'string', enum: ['720p', '1080p'], default: '720p' },
      }
      each.components.schemas['Mode'] = { type: 'string', enum: ['calm', 'wild'], title: 'Mode' }
      addModel(each, '/v1/jobs/lucy-3', 'Lucy 3', properties, ['data', 'mode'])
      addModel(each, '/v1/jobs/lucy-3-latest', 'Lucy 3', properties, ['data', 'mode'])
    })
    const server = await cloud({ ...MEANS, 'lucy-latest': 'lucy-3', 'lucy-3-latest': 'lucy-3' }, { document })
    const { discovery } = discoveryOf(server.url)
    await look(discovery)
    expect(discovery.list().map(({ id, title, task, kind }) => [id, title, task, kind])).toEqual([
      ['lucy-3', 'Lucy 3', 'video-edit', 'video'],
    ])
    const { find } = createCatalogue([discovery])
    const model = find('lucy-latest')
    expect([model?.id, find('lucy-3-latest')?.id]).toEqual(['lucy-3', 'lucy-3'])
    if (!model) throw new Error('no model')
    expect(fieldsOf(model).map(({ name, required, meta }) => [name, required, meta.control])).toEqual([
      ['prompt', false, 'prompt'],
      ['data', true, 'media'],
      ['resolution', false, 'choice'],
      ['mask', false, 'media'],
      ['strength', false, 'number'],
      ['mode', true, 'choice'],
      ['loop', false, 'switch'],
    ])
    const inputs = { data: 'file_1', mode: 'calm', strength: 0.25, mask: 'file_2' }
    expect(checkInputs(model, inputs)).toMatchObject({ ok: true })
    expect(checkInputs(model, { data: 'file_1', mode: 'odd' })).toMatchObject({
      fields: { mode: 'must be calm or wild' },
    })
    expect(discovery.serves('lucy-latest')).toEqual({ id: 'lucy-3', resolutions: ['720p', '1080p'] })
  })

  it.each([
    [
      '/v1/jobs/acme-i2v',
      { data: { ...FILE, description: 'Image file' }, prompt: { type: 'string' } },
      'image-to-video',
    ],
    ['/v1/jobs/acme-t2v', { prompt: { type: 'string' } }, 'text-to-video'],
    ['/v1/jobs/acme-between', { start: FILE, end: FILE, prompt: { type: 'string' } }, 'transition'],
    ['/v1/generate/acme-paint', { prompt: { type: 'string' } }, 'text-to-image'],
    ['/v1/generate/acme-edit', { data: FILE, prompt: { type: 'string' } }, 'image-edit'],
    ['/v1/jobs/acme-sound', { audio: FILE }, undefined],
    ['/v1/jobs/acme-list', { data: FILE, boxes: { type: 'array' } }, undefined],
  ])('tells what a new model does: %s', async (path, properties, task) => {
    const document = documentWith((each) => addModel(each, path, 'New', properties, Object.keys(properties)))
    const server = await cloud(MEANS, { document })
    const { discovery } = discoveryOf(server.url)
    await look(discovery)
    expect(discovery.list().map((model) => model.task)).toEqual(task === undefined ? [] : [task])
  })

  it('keeps a model that vanishes for its takes, over a restart, and out of the list', async () => {
    const document = documentWith((each) => addModel(each, '/v1/jobs/lucy-3', 'Lucy 3', { data: FILE }, ['data']))
    const server = await cloud(MEANS, { document })
    const first = discoveryOf(server.url)
    await look(first.discovery)
    const restarted = discoveryOf(server.url, first.place)
    expect(restarted.discovery.list().map(({ id }) => id)).toEqual(['lucy-3'])
    server.publish(DECART_DOCUMENT)
    await look(restarted.discovery)
    expect(restarted.discovery.list()).toEqual([])
    const again = discoveryOf(server.url, first.place).discovery
    expect([again.find('lucy-3')?.title, again.serves('lucy-3'), again.goneSince('lucy-3')]).toEqual([
      'Lucy 3',
      null,
      '2026-11-29',
    ])
    // Another cloud's models are none of this one's.
    expect(discoveryOf('http://127.0.0.1:1', first.place).discovery.find('lucy-3')).toBeUndefined()
  })
})

describe('what makes no sense leaves all as it was, and is told in the log without the key', () => {
  const html = 'HTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\n<html>airport wifi</html>\n'
  const huge = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"openapi":"3.1.0"'
  it.each([
    ['a page', saying(html), 'is no list of models'],
    [
      'another document',
      saying('HTTP/1.1 200 OK\r\nContent-Length: 32\r\n\r\n{"openapi":"3.1.0","paths":{}}\r\n'),
      'is no list of models',
    ],
    ['no word', () => undefined, 'did not answer'],
    ['a byte at a time', dripping('HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n', ' ', 20), 'why'],
    ['one without end', dripping(huge, Buffer.alloc(512 * 1024, ' '), 1), 'does not end'],
    ['401', saying('HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n'), 'it answered 401'],
    ['another place', saying('HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n'), 'it answered 302'],
  ] as const)('%s', async (_name, talk, words) => {
    const server = await startRawServer(talk)
    cleanups.push(server.close)
    const { discovery, log } = discoveryOf(server.url)
    await look(discovery)
    expect(discovery.serves('lucy-clip')?.id).toBe('lucy-clip')
    expect([discovery.list(), discovery.goneSince('lucy-clip')]).toEqual([[], null])
    expect(log).toHaveLength(1)
    expect(log[0]).toContain(words)
    expect(log[0]).not.toContain(KEY)
  })

  it('aliases that nobody explains mean what they meant, and no model is called gone', async () => {
    const server = await cloud({ ...MEANS, 'lucy-latest': 'lucy-2.5' })
    const { discovery, log } = discoveryOf(server.url)
    await look(discovery)
    server.means['lucy-latest'] = 'lucy-2.1'
    server.answerNames(503)
    await look(discovery)
    expect(['lucy-latest', 'lucy-vton-latest', 'lucy-2.6'].map((name) => discovery.serves(name)?.id)).toEqual([
      'lucy-2.5',
      'lucy-vton-3.5',
      'lucy-2.6',
    ])
    expect(log).toEqual([expect.stringContaining('it answered 503')])
  })

  it('a kept file that is none', async () => {
    const place = workplace()
    writeFileSync(place.dataFile, '{"version":7}')
    const server = await cloud()
    const { discovery, log } = discoveryOf(server.url, place)
    expect([discovery.serves('lucy-clip')?.id, log.length]).toEqual(['lucy-clip', 1])
    await look(discovery)
    expect(readFileSync(place.dataFile, 'utf8')).not.toContain(KEY)
    expect(discoveryOf(server.url, place).log).toEqual([])
  })

  it('a look that is given up', async () => {
    const server = await startRawServer(() => undefined)
    cleanups.push(server.close)
    const { discovery, log } = discoveryOf(server.url)
    const controller = new AbortController()
    const looking = discovery.look(controller.signal)
    controller.abort(new Error('stopping'))
    await looking
    expect(log).toEqual([])
  })
})
