import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { root } from '../../root.mjs'
import { npm } from '../npm.ts'
import { freshProject, packClient } from './fresh-project.ts'

const manifestSchema = z.object({ version: z.string(), dependencies: z.record(z.string(), z.string()) })
const manifest = (...path: string[]) =>
  manifestSchema.parse(JSON.parse(readFileSync(join(root, ...path, 'package.json'), 'utf8')))

let tarball: string
beforeAll(() => {
  tarball = packClient()
})

describe('the tarball', () => {
  it('holds the client, its words and its licence, and nothing else', () => {
    const listed = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n')
    const outside = listed.filter(
      (path) => !/^package\/dist\/(cjs\/)?(index\.js|types\/(client|shared)\/.*\.d\.ts)$/.test(path),
    )
    expect(outside.sort()).toEqual([
      'package/LICENSE',
      'package/README.md',
      'package/dist/cjs/package.json',
      'package/package.json',
    ])
  })

  it('has no complaint of publint', async () => {
    const bytes = new Uint8Array(readFileSync(tarball))
    const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
  })

  it('has types that every way of resolving finds', async () => {
    const result = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(tarball))))
    expect(result).toMatchObject({ types: { kind: 'included' }, problems: [] })
  })

  it('is what Rushes itself gives as rushes/client', () => {
    const script = "import('rushes/client').then(({ models }) => console.log(models.video('lucy-latest').id))"
    expect(execFileSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' }).trim()).toMatch(/^lucy-/)
  })

  it('is of the same version as Rushes, and depends on its zod alone', () => {
    const [rushes, client] = [manifest('.'), manifest('packages', 'client')]
    expect(client.version).toBe(rushes.version)
    expect(client.dependencies).toEqual({ zod: rushes.dependencies['zod'] })
  })
})

/** What a project would write. Its complaints are what is tested: a good line must compile, a marked one must not. */
const USE = (promise: string) => `
import { createDecartClient, DecartSDKError, type FileInput, models } from 'rushes-client'
const client = createDecartClient({ baseUrl: '/api' })
const data: FileInput = new Uint8Array()
export const blob: ${promise} client.process({ model: models.video('lucy-pro-i2v'), prompt: 'a', data })
// @ts-expect-error data is required
void client.process({ model: models.video('lucy-pro-i2v'), prompt: 'a' })
// @ts-expect-error start is not a field of this model
void client.process({ model: models.video('lucy-pro-i2v'), prompt: 'a', data, start: data })
// @ts-expect-error an image model
models.video('lucy-pro-t2i')
void client.queue.submitAndPoll({ model: models.image('lucy-pro-t2i'), prompt: 'a' }).then((result) => {
  const text: string = result.status === 'failed' ? result.error : result.data.type
  return text
})
export const code = (error: unknown): string | undefined => (error instanceof DecartSDKError ? error.code : undefined)
`

/** The code of the package's README as one module. */
const readmeCode = (): string => {
  const blocks = readFileSync(join(root, 'packages', 'client', 'README.md'), 'utf8').matchAll(/```ts\n(.*?)```/gs)
  const given = 'declare const file: File, save: (blob: Blob) => void, stopButton: { onclick: () => void }'
  return [...Array.from(blocks, ([, code]) => code), given].join('\n')
}

describe('types', () => {
  const ours = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  // The one that comes with attw: what many projects still have. It is slow, and looks at one setting.
  const five = createRequire(join(root, 'node_modules/@arethetypeswrong/core/package.json')).resolve(
    'typescript/bin/tsc',
  )
  let project: string
  beforeAll(() => {
    project = freshProject()
    npm(project, 'install', '--prefer-offline', '@types/node@20')
    writeFileSync(join(project, 'imports.mts'), USE('Blob = await'))
    writeFileSync(join(project, 'requires.cts'), USE('Promise<Blob> ='))
    writeFileSync(join(project, 'readme.mts'), readmeCode())
  })

  const node = { lib: ['es2022'], types: ['node'] }
  it.each([
    { name: 'node16', tsc: ours, options: { module: 'node16', ...node } },
    { name: 'node16, TypeScript 5', tsc: five, options: { module: 'node16', ...node } },
    { name: 'nodenext', tsc: ours, options: { module: 'nodenext', ...node } },
    { name: 'bundler', tsc: ours, options: { module: 'esnext', moduleResolution: 'bundler', ...node } },
    {
      name: 'a page',
      tsc: ours,
      options: { module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom'], types: [] },
    },
  ])('compile for $name', ({ tsc, options }) => {
    const compilerOptions = { noEmit: true, strict: true, target: 'es2022', ...options }
    const config = { compilerOptions, files: ['imports.mts', 'requires.cts', 'readme.mts'] }
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config))
    const { stdout } = spawnSync(process.execPath, [tsc], { cwd: project, encoding: 'utf8' })
    expect(stdout).toBe('')
  })
})
