import { describe, expect, it } from 'vitest'
import { whereIs } from './where.ts'

describe('where material goes', () => {
  it.each(['127.0.0.1', '127.8.0.1', '[::1]', '0.0.0.0', 'localhost', 'gpu.localhost'])('%s: this machine', (host) => {
    expect(whereIs(host)).toBe('this machine')
  })
  it.each(['192.168.1.4', '10.0.0.2', '172.20.1.1', '100.101.1.2', '[fd00::1]', '[::ffff:10.0.0.1]'])(
    'the address %s: your network',
    (host) => expect(whereIs(host)).toBe('your network'),
  )
  it.each(['render-box', 'Render-Box.local', 'gpu.lan', 'comfy.home.arpa', 'host.docker.internal', 'box.lan.'])(
    'the name %s: your network',
    (host) => expect(whereIs(host)).toBe('your network'),
  )
  it.each(['comfy.example.com', '8.8.8.8', '[2606:4700::1]', 'local.example.org', '172.32.0.1'])(
    '%s: a third party',
    (host) => expect(whereIs(host)).toBe('a third party'),
  )
})
