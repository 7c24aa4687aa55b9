import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { note } from '../notes.ts'
import { runProgram } from '../run-program.ts'
import { findRuntime, RUNTIMES, type RuntimeName } from '../runtimes.ts'
import { emptyProject, freshProject, packClient } from './fresh-project.ts'
import { type Rig, startRig } from './rig.ts'

const outcomesSchema = z.array(z.object({ name: z.string(), failure: z.string().nullable() }))

let rig: Rig
let tarball: string
beforeAll(async () => {
  tarball = packClient()
  rig = await startRig()
})
afterAll(() => rig.close())

/** How a runtime runs a script. Deno is given the folder that npm filled: it installs no tarballs itself. */
const argsOf = (kind: RuntimeName): string[] =>
  kind === 'deno' ? ['run', '--allow-all', '--node-modules-dir=manual'] : kind === 'bun' ? ['run'] : []

describe.each(RUNTIMES)('%s', (kind) => {
  const runtime = findRuntime(kind)
  let folder: string
  beforeAll(async () => {
    if ('missing' in runtime) return
    folder = kind === 'bun' ? emptyProject() : freshProject()
    if (kind === 'bun') await runProgram(runtime.program, ['add', tarball], folder)
    for (const name of ['checks.mjs', 'main.mjs', 'required.cjs'])
      cpSync(fileURLToPath(new URL(name, import.meta.url)), join(folder, name))
  })
  const run = (script: string): Promise<string> => {
    if ('missing' in runtime) throw new Error(runtime.missing)
    return runProgram(runtime.program, [...argsOf(kind), script], folder, {
      SERVER: rig.server.url,
      PICTURE: rig.picture,
      PICTURE_URL: rig.pictureUrl,
      CLIP: rig.clip,
    })
  }
  const lacking = 'missing' in runtime
  if (lacking) note(`The client did not run on ${runtime.name}: ${runtime.missing}.`)

  it.skipIf(lacking)('does all that the client promises', async () => {
    const outcomes = outcomesSchema.parse(JSON.parse(await run('main.mjs')))
    expect(outcomes.filter(({ failure }) => failure !== null)).toEqual([])
    expect(outcomes.length).toBeGreaterThan(15)
    if (!('missing' in runtime)) note(`The client ran on ${runtime.name} (${runtime.version}).`)
  })

  it.skipIf(lacking)('loads it by require, too', async () => {
    expect(JSON.parse(await run('required.cjs'))).toEqual([
      'Invalid inputs for lucy-pro-i2v: data is required',
      'image/png',
    ])
  })
})
