import { afterEach, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { fakeServer, json } from '../testing/fake-server.ts'
import { fetchJson } from './fetch-json.ts'
import { signInPlace } from './sign-in-place.ts'

afterEach(() => vi.unstubAllGlobals())

it('leads to where one signs in when the session is over, and from there back', async () => {
  const assign = vi.fn()
  vi.stubGlobal('location', { pathname: '/take/job_1', search: '?q=fox', hash: '', assign })
  fakeServer({ 'GET /v1/jobs': () => json({ detail: 'Sign in.', code: 'UNAUTHENTICATED' }, 401) })
  await expect(fetchJson('/v1/jobs', z.unknown())).rejects.toMatchObject({ status: 401 })
  expect(assign).toHaveBeenCalledWith('/sign-in?to=%2Ftake%2Fjob_1%3Fq%3Dfox')
})

it('stays where it is for any other answer', async () => {
  const assign = vi.fn()
  vi.stubGlobal('location', { pathname: '/', search: '', hash: '', assign })
  fakeServer({ 'GET /v1/jobs': () => json({ detail: 'No.' }, 403) })
  await expect(fetchJson('/v1/jobs', z.unknown())).rejects.toMatchObject({ status: 403 })
  expect(assign).not.toHaveBeenCalled()
})

it('keeps what stands behind the #, as the sides of a comparison', () => {
  expect(signInPlace({ pathname: '/compare', search: '', hash: '#compare=take:job_1' })).toBe(
    '/sign-in?to=%2Fcompare%23compare%3Dtake%3Ajob_1',
  )
})
