import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { root } from '../../root.mjs'
import { note } from '../notes.ts'
import { runProgram } from '../run-program.ts'
import { findRuntime } from '../runtimes.ts'
import { projectWith } from './fresh-project.ts'
import { type Rig, startRig } from './rig.ts'

const versionSchema = z.object({ version: z.string() })
const sdk = join(root, 'node_modules', '@decartai', 'sdk', 'package.json')
const { version } = versionSchema.parse(JSON.parse(readFileSync(sdk, 'utf8')))

let rig: Rig
beforeAll(async () => {
  rig = await startRig()
})
afterAll(() => rig.close())

// Under Node it is tried in src/server/sdk.test.ts.
describe.each(['bun', 'deno'] as const)("Decart's SDK under %s", (kind) => {
  const runtime = findRuntime(kind)
  const lacking = 'missing' in runtime
  if (lacking) note(`Decart's SDK did not run under ${runtime.name}: ${runtime.missing}.`)

  it.skipIf(lacking)('gives every kind of input to this server', async () => {
    if ('missing' in runtime) return
    const folder = projectWith('decart-sdk', `@decartai/sdk@${version}`)
    cpSync(fileURLToPath(new URL('decart-sdk.mjs', import.meta.url)), join(folder, 'decart-sdk.mjs'))
    const args = kind === 'deno' ? ['run', '--allow-all', '--node-modules-dir=manual'] : ['run']
    const said = await runProgram(runtime.program, [...args, 'decart-sdk.mjs'], folder, {
      SERVER: rig.server.url,
      PICTURE: rig.picture,
      PICTURE_URL: rig.pictureUrl,
      CLIP: rig.clip,
      CLIP_URL: rig.clipUrl,
    })
    expect(JSON.parse(said)).toEqual({
      'a picture as Blob': 'image/png',
      'a picture as File': 'image/png',
      'a picture as stream': 'image/png',
      'a picture as URL string': 'image/png',
      'a picture as URL': 'image/png',
      'a clip as Blob': 'video/mp4',
      'a clip as stream': 'video/mp4',
      'a clip as URL string': 'video/mp4',
      'an upload': 'image/png',
    })
    note(`Decart's SDK ${version} ran under ${runtime.name} (${runtime.version}).`)
  })
})
