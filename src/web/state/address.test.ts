import { describe, expect, it } from 'vitest'
import { type Address, hashOf, isSameAddress, readAddress, writeAddress } from './address.ts'

const read = (path: string) => readAddress(new URL(path, 'http://a.test'))

describe('an address', () => {
  it.each<[string, Address]>([
    ['/', { view: { name: 'home' }, query: '' }],
    ['/?q=a+fox+seed%3A41', { view: { name: 'home' }, query: 'a fox seed:41' }],
    ['/wall?q=fox', { view: { name: 'wall' }, query: 'fox' }],
    ['/take/job_1a', { view: { name: 'take', id: 'job_1a' }, query: '' }],
    [
      '/compare#compare=take:a,file:b&mode=wipe',
      { view: { name: 'comparison', hash: '#compare=take:a,file:b&mode=wipe' }, query: '' },
    ],
  ])('%s is read and written as it was', (path, address) => {
    expect(read(path)).toEqual(address)
    expect(writeAddress(address)).toBe(path)
  })

  it('opens a comparison by its fragment wherever it stands, as older links do', () => {
    expect(read('/#compare=take:a,take:b').view.name).toBe('comparison')
    expect(read('/take/job_1#compare=take:a').view.name).toBe('comparison')
  })

  it.each(['/take/', '/take/a/b', '/take/%2e%2e', '/elsewhere', '/wall/x'])('%s is the first page', (path) => {
    expect(read(path).view).toEqual({ name: 'home' })
  })

  it('is the same whatever a comparison is looked at like, and another for other things', () => {
    const same = (a: string, b: string) => isSameAddress(read(a), read(b))
    expect(same('/#compare=take:a,take:b&mode=grid', '/compare#compare=take:a,take:b')).toBe(true)
    expect(same('/compare#compare=take:a,take:b', '/compare#compare=take:a,take:c')).toBe(false)
    expect(same('/take/a', '/take/a?q=x')).toBe(false)
  })

  it('names what is on the server, and nothing of this machine alone', () => {
    const local = { kind: 'local', key: 'x', file: new File([], 'x.png') } as const
    expect(hashOf([{ kind: 'take', id: 'a' }, local, { kind: 'file', id: 'f' }])).toBe('#compare=take:a,file:f')
    expect(hashOf([local])).toBeNull()
  })
})
