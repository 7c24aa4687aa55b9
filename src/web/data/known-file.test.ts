import { createHash } from 'node:crypto'
import { afterEach, expect, it, vi } from 'vitest'
import { fakeServer, json } from '../testing/fake-server.ts'
import { sampleFile } from '../testing/samples.ts'
import { isWorthAsking, knownFile } from './known-file.ts'

const MEGABYTE = 1024 ** 2
const clip = sampleFile('video', 'clip.mp4')
const large = new File([new Uint8Array(5 * MEGABYTE)], 'clip.mp4', { type: 'video/mp4' })
const hashOf = async (file: File) =>
  createHash('sha256')
    .update(new Uint8Array(await file.arrayBuffer()))
    .digest('hex')
const { signal } = new AbortController()
const from = { host: 'studio.lan', hashOf }

afterEach(() => vi.unstubAllGlobals())

it('asks by the hash and the name, and takes what the server has', async () => {
  const log = fakeServer({ 'POST /v1/files/known': () => json(clip) })
  expect(await knownFile(large, signal, from)).toEqual(clip)
  expect(JSON.parse(String(log[0]?.body))).toEqual({
    sha256: await hashOf(large),
    bytes: large.size,
    filename: 'clip.mp4',
  })
})

it('has the file sent where the server does not know it, or cannot be asked', async () => {
  fakeServer({ 'POST /v1/files/known': () => json({ detail: 'Not here.' }, 404) })
  expect(await knownFile(large, signal, from)).toBeNull()
  fakeServer({})
  expect(await knownFile(large, signal, from)).toBeNull()
})

it('does not ask on this machine, nor of files that are small or very large', () => {
  expect(isWorthAsking(5 * MEGABYTE, 'studio.lan')).toBe(true)
  expect(isWorthAsking(5 * MEGABYTE, '127.0.0.1')).toBe(false)
  expect(isWorthAsking(5 * MEGABYTE, 'localhost')).toBe(false)
  expect(isWorthAsking(MEGABYTE, 'studio.lan')).toBe(false)
  expect(isWorthAsking(600 * MEGABYTE, 'studio.lan')).toBe(false)
})
