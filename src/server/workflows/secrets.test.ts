import { expect, it } from 'vitest'
import { workflowGraph } from '../testing/workflow-pieces.ts'
import { exposable } from './bind/controls.ts'
import { withValues } from './graph.ts'
import { withoutSecrets } from './secrets.ts'

const graph = workflowGraph('text-to-image')
const put = (key: string, value: unknown) => withValues(graph, [{ node: '6', key, value }])

it.each([
  ['api_key', 'abc123'],
  ['apiKey', 'abc123'],
  ['OPENAI_API_KEY', 'abc123'],
  ['hf_token', 'abc123'],
  ['password', 'hunter2'],
  ['Authorization', 'Basic YTpi'],
  ['text', 'a lighthouse, Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc'],
  ['text', 'use sk-proj-abcdefghijklmnop please'],
  ['text', 'hf_abcdefghijklmnopqrstuvwx'],
  ['url', 'https://anna:hunter2@render.example/x'],
  ['headers', { nested: [{ token: 'abc123' }] }],
])('a secret as %s is left out, and said', (key, value) => {
  const clean = withoutSecrets(put(key, value))
  expect(clean.leftOut).toEqual([`A secret was left out: ${key} of node 6 (What to see). Set it in ComfyUI itself.`])
  expect(JSON.stringify(clean)).not.toMatch(/abc123|hunter2|YTpi|eyJ|sk-proj|hf_abc/)
})

it('all else stays, also what only sounds like one', () => {
  const told = withValues(graph, [
    { node: '6', key: 'max_tokens', value: 512 },
    { node: '6', key: 'text', value: 'the key of the token booth: a password' },
    { node: '6', key: 'token', value: '' },
    { node: '6', key: 'clip_key', value: 'l' },
  ])
  expect(withoutSecrets(told)).toEqual({ graph: told, leftOut: [] })
})

it('no form asks for one', () => {
  const keys = exposable(withoutSecrets(put('api_key', 'abc123')).graph, null).map(({ key }) => key)
  expect(keys).toContain('text')
  expect(keys).not.toContain('api_key')
})
