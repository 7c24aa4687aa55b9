import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { mp4With, mp4WithComment, PNG_TEXTS, pngWith, webmWith, webpWith } from '../../testing/graph-carriers.ts'
import { workflowGraph, workflowText } from '../../testing/workflow-pieces.ts'
import { readWorkflowFile } from './read-workflow-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'rushes-'))
afterAll(() => rmSync(folder, { recursive: true }))

let count = 0
const read = async (bytes: Buffer | string, filename = 'dropped') => {
  const path = join(folder, String(count++))
  writeFileSync(path, bytes)
  return readWorkflowFile(path, filename)
}
const refusal = (bytes: Buffer | string, filename?: string) =>
  read(bytes, filename).then(
    () => 'was read',
    (error: unknown) => `${error instanceof Error && 'code' in error ? String(error.code) : ''}: ${String(error)}`,
  )

const graph = workflowGraph('text-to-image')
const workflow = workflowText('text-to-image.editor.json')
const texts = { prompt: JSON.stringify(graph), workflow }
const both = { form: 'api', graph, editor: { nodes: expect.any(Array) } }

describe('a file that carries a graph', () => {
  it.each(PNG_TEXTS)('is a PNG with %s texts', async (kind) => {
    expect(await read(await pngWith(texts, kind))).toMatchObject(both)
  })

  it('is a WebP, an MP4 or a WebM that ComfyUI saved', async () => {
    expect(await read(await webpWith(texts))).toMatchObject(both)
    expect(await read(mp4With(texts))).toMatchObject(both)
    expect(await read(webmWith(texts))).toMatchObject(both)
  })

  it('is a clip of VideoHelperSuite, which puts both into a comment', async () => {
    const comment = JSON.stringify({ prompt: texts.prompt, workflow: JSON.parse(workflow) })
    expect(await read(mp4WithComment(comment))).toMatchObject(both)
    expect(await read(webmWith({ comment }))).toMatchObject(both)
  })

  it('is JSON of either form, alone or with others, also as Python writes it', async () => {
    expect(await read(JSON.stringify(graph))).toMatchObject({ form: 'api', graph })
    expect(await read(`\uFEFF\n${JSON.stringify({ prompt: graph, client_id: 'x' })}`)).toMatchObject({
      form: 'api',
      graph,
    })
    expect(await read(workflow)).toMatchObject({ form: 'editor' })
    const changed = JSON.stringify(graph).replace('"cfg":8', '"cfg":8,"is_changed":[NaN],"note":"NaN \\" stays"')
    expect(await read(changed)).toMatchObject({ graph: { 3: { inputs: { is_changed: [null], note: 'NaN " stays' } } } })
  })

  it('has the editor form alone where only that was saved', async () => {
    expect(await read(await pngWith({ workflow }))).toMatchObject({ form: 'editor' })
  })
})

describe('a file that carries none', () => {
  it('is refused in words, with how to export one', async () => {
    expect(await refusal(await pngWith({ Software: 'a camera' }), 'cat.png')).toMatch(
      /^INVALID_INPUT: .*The picture cat\.png carries no ComfyUI graph: .*File → Export \(API\)/,
    )
    expect(await refusal(mp4With({ title: 'Holiday' }), 'sea.mp4')).toContain(
      'The clip sea.mp4 carries no ComfyUI graph',
    )
    expect(await refusal('{"name":"x"}', 'a.json')).toContain('There is no ComfyUI graph in a.json')
    expect(await refusal('{"3":{"class_type":', 'a.json')).toContain('a.json is no whole JSON')
    expect(await refusal('%PDF-1.7', 'a.pdf')).toContain('a.pdf is no file that can carry a ComfyUI graph')
    expect(await refusal('', 'a.json')).toContain('a.json is empty')
  })

  it('is refused where it is damaged or too large, without being read whole', async () => {
    const png = await pngWith(texts)
    expect(await refusal(png.subarray(0, 60))).toContain('carries no ComfyUI graph')
    const bomb = await pngWith({ prompt: `"${' '.repeat(9_000_000)}"` }, 'packed')
    expect(bomb.length).toBeLessThan(100_000)
    expect(await refusal(bomb)).toContain('carries no ComfyUI graph')
    const path = join(folder, 'large')
    for (const [head, size, words] of [
      ['{', 9 * 1024 ** 2, '8 MiB'],
      ['\x89PNG\r\n\x1a\n', 201 * 1024 ** 2, '200 MiB'],
    ] as const) {
      writeFileSync(path, head, 'latin1')
      truncateSync(path, size)
      await expect(readWorkflowFile(path, 'large')).rejects.toMatchObject({
        code: 'TOO_LARGE',
        message: expect.stringContaining(words),
      })
    }
  })

  it('is refused where lengths in it lie', async () => {
    const endless = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(500_000)])
    expect(await refusal(endless)).toContain('carries no ComfyUI graph')
    const mp4 = mp4With(texts)
    mp4.writeUInt32BE(0xffffffff, mp4.indexOf('keys') - 4)
    expect(await refusal(mp4)).toContain('carries no ComfyUI graph')
    const webm = webmWith({ prompt: texts.prompt })
    webm.fill(0xff, webm.indexOf('PROMPT') - 8, webm.indexOf('PROMPT'))
    expect(await refusal(webm)).toContain('carries no ComfyUI graph')
  })
})
