import { expect, it } from 'vitest'
import { readPlace } from './place.ts'

const origin = 'https://studio.example.com'
const token = 'a'.repeat(43)
const at = (search: string, hash = '') => readPlace({ search, hash, origin })

it('reads a link, and where to go after', () => {
  expect(at('', `#${token}`)).toEqual({ token, to: '/' })
  expect(at('?to=%2Ftake%2Fjob_1%3Fq%3Dfox')).toEqual({ token: null, to: '/take/job_1?q=fox' })
  expect(at('?to=%2Fwall', `#${token}`)).toEqual({ token, to: '/wall' })
})

it('keeps what a browser carries along behind the #', () => {
  expect(at('?to=%2Fcompare', '#compare=take:job_1,take:job_2')).toEqual({
    token: null,
    to: '/compare#compare=take:job_1,take:job_2',
  })
  expect(at('?to=%2Fcompare%23compare%3Dx')).toEqual({ token: null, to: '/compare#compare=x' })
})

it.each([
  'https://evil.example/',
  '//evil.example',
  '/\\\\evil.example',
  'javascript:alert(1)',
  'http://',
  '/sign-in?to=/sign-in',
])('goes nowhere else: %s', (to) => expect(at(`?${new URLSearchParams({ to })}`).to).toBe('/'))
