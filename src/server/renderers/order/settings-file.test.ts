import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openSettingsFile } from './settings-file.ts'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rushes-settings-'))
  path = join(folder, 'renderers.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const never = () => {
  throw new Error('it is not damaged')
}

it('keeps what is set, for its owner alone, and forgets it', async () => {
  const file = await openSettingsFile(path, never)
  expect(file.get('fal')).toBeUndefined()
  await Promise.all([file.set('fal', { key: 'k' }), file.set('comfyui', { url: 'http://box' })])
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  const again = await openSettingsFile(path, never)
  expect([again.get('fal'), again.get('comfyui')]).toEqual([{ key: 'k' }, { url: 'http://box' }])
  await again.set('fal', undefined)
  await again.set('comfyui', {})
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({})
})

it('closes what lay open there before', async () => {
  await writeFile(`${path}.part`, '{}')
  await chmod(`${path}.part`, 0o666)
  await (await openSettingsFile(path, never)).set('fal', { key: 'k' })
  expect((await stat(path)).mode & 0o777).toBe(0o600)
})

it('puts aside what cannot be read, says so, and begins anew', async () => {
  await writeFile(path, '{"fal": {"key": 7}}')
  const onDamaged = vi.fn()
  const file = await openSettingsFile(path, onDamaged)
  expect([onDamaged.mock.calls.length, file.get('fal')]).toEqual([1, undefined])
  expect(await readdir(folder)).toEqual([expect.stringMatching(/^renderers\.json\.damaged-\d+$/)])
  await file.set('fal', { key: 'new' })
  expect((await openSettingsFile(path, never)).get('fal')).toEqual({ key: 'new' })
})

it('tells what was there before where a change cannot be written, and leaves no part of it', async () => {
  const file = await openSettingsFile(path, never)
  await file.set('fal', { key: 'old' })
  await chmod(folder, 0o500)
  const isRoot = process.getuid?.() === 0
  const outcome = file.set('fal', { key: 'new' })
  if (isRoot) await outcome
  else await expect(outcome).rejects.toThrow()
  await chmod(folder, 0o700)
  expect(file.get('fal')).toEqual({ key: isRoot ? 'new' : 'old' })
  expect(await readdir(folder)).toEqual(['renderers.json'])
})
