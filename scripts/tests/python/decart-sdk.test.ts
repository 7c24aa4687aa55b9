import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { findModel } from '../../../src/shared/models/index.ts'
import { callFor } from '../../../src/web/recall/call.ts'
import { codeFor } from '../../../src/web/recall/code-for.ts'
import { type Rig, startRig } from '../client/rig.ts'
import { note } from '../notes.ts'
import { runProgram } from '../run-program.ts'
import { findPython, findSdk } from './find-python.ts'

/**
 * Decart's Python SDK by generations, of each its first or last version, or those whose models differ. 0.0.1 and 0.0.2
 * speak of chats, another product.
 */
const GENERATIONS: Record<string, readonly string[]> = {
  'process alone': ['0.0.3', '0.0.10'],
  'with a queue': ['0.0.15'],
  'with tokens and reference pictures': ['0.0.29'],
  'editing alone': ['0.0.32'],
  'canonical names, videos as jobs': ['0.0.35', '0.0.40', '0.1.5'],
  'today’s names': ['0.2.4'],
}

/** A clip on the server, by its id. */
const uploaded = async ({ server, clip }: Rig): Promise<string> => {
  const form = new FormData()
  form.set('file', new File([readFileSync(clip)], 'clip.mp4', { type: 'video/mp4' }))
  const answer = await fetch(`${server.url}/v1/files`, { method: 'POST', body: form })
  return z.object({ id: z.string() }).parse(await answer.json()).id
}

const script = fileURLToPath(new URL('process_api.py', import.meta.url))
const python = findPython()
const ran: string[] = []

let rig: Rig
beforeAll(async () => {
  rig = await startRig()
})
afterAll(async () => {
  await rig.close()
  if ('missing' in python) note(`Decart's Python SDK did not run: ${python.missing}.`)
  else note(`Decart's Python SDK ran on Python ${python.version}: ${ran.join(', ')}.`)
})

describe.each(Object.entries(GENERATIONS))('%s', (_, versions) => {
  it.skipIf('missing' in python).each(versions)('%s does all that its documentation shows', async (version) => {
    if ('missing' in python) return
    const sdk = findSdk(python.program, version)
    if ('missing' in sdk) throw new Error(`decart ${version}: ${sdk.missing}`)
    const said = await runProgram(python.program, [script], process.cwd(), {
      PYTHONPATH: sdk.folder,
      PYTHONDONTWRITEBYTECODE: '1',
      SERVER: rig.server.url,
      PICTURE: rig.picture,
      PICTURE_URL: rig.pictureUrl,
      CLIP: rig.clip,
      CLIP_URL: rig.clipUrl,
    })
    const outcomes = z.record(z.string(), z.string().nullable()).parse(JSON.parse(said))
    expect(Object.fromEntries(Object.entries(outcomes).filter(([, failure]) => failure !== null))).toEqual({})
    expect(Object.keys(outcomes).length).toBeGreaterThan(3)
    ran.push(version)
  })
})

describe('what the studio gives as Python', () => {
  const NAMES = { video: 'clip.mp4', image: 'picture.png' } as const
  /** By the SDK with a file of one's own and with one of the server, for a clip and a picture; and without the SDK. */
  it.skipIf('missing' in python).each([
    ['lucy-2.5', 'own', { prompt: 'Make it "winter"' }],
    ['lucy-2.5', 'uploaded', { prompt: 'Winter', enhance_prompt: false }],
    ['lucy-pro-i2i', 'own', { prompt: 'Watercolour' }],
    ['lucy-pro-t2i', 'none', { prompt: 'A lake' }],
    ['lucy-pro-v2v', 'own', { prompt: 'Ink' }],
  ] as const)('runs for %s, file: %s', async (modelId, file, inputs) => {
    if ('missing' in python) return
    const model = findModel(modelId)
    if (!model) throw new Error(modelId)
    const folder = mkdtempSync(join(tmpdir(), 'rushes-python-'))
    copyFileSync(rig.clip, join(folder, NAMES.video))
    copyFileSync(rig.picture, join(folder, NAMES.image))
    const given = file === 'uploaded' ? { ...inputs, data: await uploaded(rig) } : inputs
    const asked = { modelId, model, inputs: given, seed: 7, renderer: null, engine: null }
    writeFileSync(join(folder, 'take.py'), codeFor('python', callFor(asked, {}, rig.server.url)))
    await runProgram(python.program, ['take.py'], folder, { PYTHONDONTWRITEBYTECODE: '1' })
    const take = readFileSync(join(folder, model.kind === 'video' ? 'take.mp4' : 'take.png'))
    expect(take.subarray(0, 8).toString('latin1')).toMatch(model.kind === 'video' ? /ftyp$/ : /^.PNG/)
  })
})
