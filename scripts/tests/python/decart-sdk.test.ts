import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
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
