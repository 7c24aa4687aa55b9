import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from '../../../scripts/root.mjs'
import type { JobInputs } from '../../shared/job.ts'
import { fieldsOf } from '../../shared/models/describe.ts'
import { findModel, registry } from '../../shared/models/index.ts'
import { readMultipart, type ReceivedForm } from '../../server/testing/multipart.ts'
import { sampleFile } from '../testing/samples.ts'
import { type Asked, callFor } from './call.ts'
import { codeFor } from './code-for.ts'

const ORIGIN = 'http://localhost:4600'
const clip = sampleFile('video', "it's a clip.mp4")
const names = { [clip.id]: clip.filename ?? '' }
const folder = mkdtempSync(join(tmpdir(), 'rushes-code-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Words that quoting and curl's own signs trip over. */
const WORDS = `@A "calm" lake; it's 5 \\ 3 <wide>\n$HOME \`id\` %41 ☂`

const asked = (modelId: string, more: Partial<Asked> = {}): Asked => ({
  modelId,
  model: findModel(modelId),
  inputs: {},
  seed: null,
  renderer: null,
  engine: null,
  ...more,
})
const edit = asked('lucy-2.5', {
  inputs: { data: clip.id, prompt: WORDS, enhance_prompt: false },
  seed: 7,
  renderer: 'local',
  engine: 'Rushes',
})

describe('TypeScript', () => {
  it('asks for the same, with its seed and its files by id', () => {
    const code = codeFor('typescript', callFor({ ...edit, engine: null }, names, ORIGIN))
    expect(code).toContain("createDecartClient({ baseUrl: 'http://localhost:4600' })")
    expect(code).toContain(`data: '${clip.id}', // it's a clip.mp4, on this server`)
    expect(code).toMatch(/seed: 7,\n(.*\n)*  renderer: 'local',\n}\)/)
    expect(code).not.toMatch(/key/i)
  })

  it('compiles against the client, for every model: as the form stands when it is empty, and filled in', () => {
    const all = registry.flatMap((model) => {
      const inputs: JobInputs = {}
      for (const { name, meta } of fieldsOf(model)) {
        if (meta.control === 'prompt') inputs[name] = WORDS
        if (meta.control === 'media') inputs[name] = clip.id
        if (meta.control === 'path') inputs[name] = '[{"frame":0,"x":0.2,"y":0.5},{"frame":9,"x":0.8,"y":0.5}]'
        if (meta.control === 'switch') inputs[name] = false
      }
      return [asked(model.id), asked(model.id, { inputs, seed: 1, renderer: 'local', engine: 'Rushes' })]
    })
    all.push(asked('workflow-mine', { inputs: { 'face-strength': 0.5, words: WORDS }, seed: 3 }))
    const files = all.map((each, index) => {
      const file = `${index}.ts`
      writeFileSync(join(folder, file), codeFor('typescript', callFor(each, names, ORIGIN)))
      return file
    })
    const compilerOptions = {
      noEmit: true,
      strict: true,
      target: 'es2022',
      module: 'esnext',
      moduleResolution: 'bundler',
      allowImportingTsExtensions: true,
      skipLibCheck: true,
      lib: ['es2023', 'dom', 'dom.iterable'],
      types: ['node'],
      typeRoots: [join(root, 'node_modules', '@types')],
      paths: { 'rushes-client': [join(root, 'src', 'client', 'index.ts')] },
    }
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    expect(spawnSync(process.execPath, [tsc], { cwd: folder, encoding: 'utf8' }).stdout).toBe('')
  }, 120_000)

  it('has a place for what the form lacks', () => {
    const code = codeFor('typescript', callFor(asked('lucy-pro-v2v'), {}, ORIGIN))
    expect(code).toContain("import { openAsBlob } from 'node:fs'")
    expect(code).toContain("data: await openAsBlob('clip.mp4'), // a file of yours")
  })
})

describe('Python', () => {
  it('uses Decart’s SDK where that knows the model and cannot end with another renderer', () => {
    const bySdk = codeFor('python', callFor({ ...edit, renderer: 'decart', engine: null }, names, ORIGIN))
    expect(bySdk).toContain('from decart import DecartClient, models')
    expect(bySdk).toContain('DecartClient(api_key="any", base_url="http://localhost:4600")')
    expect(bySdk).toContain(`"data": "http://localhost:4600/v1/files/${clip.id}/content",  # it's a clip.mp4`)
    expect(bySdk).toContain('"enhance_prompt": False,')
    // A free draft stays one.
    expect(codeFor('python', callFor(edit, names, ORIGIN))).toContain('headers={"x-renderer": "local", "x-engine"')
    expect(codeFor('python', callFor(asked('lucy-pro-t2v'), {}, ORIGIN))).toContain('import requests')
  })
})

describe('curl', () => {
  /** What a command that was pasted into a shell sent, as a server reads it. */
  const sentBy = async (call: (origin: string) => string) => {
    const seen: { method: string; path: string; headers: Record<string, unknown>; form: ReceivedForm }[] = []
    const server = createServer((request, response) => {
      void readMultipart(request).then((form) => {
        seen.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, form })
        response.end('pixels')
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const shell = spawn('sh', ['-e', '-c', call(`http://127.0.0.1:${address.port}`)], { cwd: folder, stdio: 'ignore' })
    const [code] = await once(shell, 'exit')
    server.close()
    expect(code).toBe(0)
    const [request] = seen
    if (!request) throw new Error('nothing came')
    return request
  }

  it('sends just these words, files and headers', async () => {
    const { method, path, headers, form } = await sentBy((origin) => codeFor('curl', callFor(edit, names, origin)))
    expect(`${method} ${path}`).toBe('POST /v1/generate/lucy-2.5')
    expect(headers).toMatchObject({ 'x-renderer': 'local', 'x-engine': 'Rushes' })
    expect(form.fields).toEqual({ data: clip.id, prompt: WORDS, enhance_prompt: 'false', seed: '7' })
  })

  it('sends a file of the person’s own', async () => {
    writeFileSync(join(folder, 'clip.mp4'), 'a clip')
    const { form } = await sentBy((origin) => codeFor('curl', callFor(asked('lucy-2.1'), {}, origin)))
    expect(form.files['data']).toMatchObject({ filename: 'clip.mp4', bytes: 6 })
  })
})

describe('where the studio has accounts', () => {
  const call = { ...callFor({ ...edit, renderer: null, engine: null }, names, ORIGIN), needsToken: true }

  it('reads the API token from the environment, and has none in it', () => {
    expect(codeFor('typescript', call)).toContain("apiKey: process.env['RUSHES_TOKEN'] })")
    expect(codeFor('curl', call)).toContain('-H "X-API-KEY: $RUSHES_TOKEN"')
    // The SDK would fetch the clip, which is on the server, without it.
    expect(codeFor('python', call)).toMatch(/^import os\n[^]*headers=\{"X-API-KEY": os\.environ\["RUSHES_TOKEN"\]\}/)
    const sent = { ...call, inputs: call.inputs.filter(({ value }) => value.kind !== 'upload') }
    expect(codeFor('python', sent)).toMatch(/import os\n[^]*DecartClient\(api_key=os\.environ\["RUSHES_TOKEN"\]/)
  })
})
