import { expect, it } from 'vitest'
import type { Settable, WorkflowDetail } from '../../shared/workflows.ts'
import { choicesFrom, rolesFor, usageAt, type Use, usesOf, valueWords } from './uses.ts'

const text: Settable = {
  node: '6',
  key: 'text',
  title: 'What to see',
  class_type: 'CLIPTextEncode',
  control: { type: 'text', value: 'a lighthouse' },
}
const steps: Settable = {
  node: '3',
  key: 'steps',
  title: 'KSampler',
  class_type: 'KSampler',
  control: { type: 'integer', value: 20 },
}
const known: Pick<WorkflowDetail, 'bindings' | 'exposed'> = {
  bindings: [{ ...text, role: 'prompt', field: 'prompt', why: 'It reaches the sampler.' }],
  exposed: [{ ...steps, field: 'how_long', name: 'How long' }],
}

it('begins with what was understood, and leaves all else as it is', () => {
  const uses = usesOf(known)
  expect([usageAt(uses, text), usageAt(uses, steps), usageAt(uses, { node: '3', key: 'cfg' })]).toEqual([
    { as: 'role', role: 'prompt' },
    { as: 'own', name: 'How long' },
    { as: 'fixed' },
  ])
})

it('tells the server what was chosen; a name that was left empty is the server’s to give', () => {
  const uses = new Map<string, Use>([...usesOf(known), ['6 text', { as: 'role', role: 'negative_prompt' }]])
  expect(choicesFrom([text, steps], uses, { name: '  Fog ', output: '9' })).toEqual({
    name: 'Fog',
    output: '9',
    bindings: [{ node: '6', key: 'text', role: 'negative_prompt' }],
    exposed: [{ node: '3', key: 'steps', name: 'How long' }],
  })
  const unnamed = new Map<string, Use>([['3 steps', { as: 'own', name: ' ' }]])
  expect(choicesFrom([text, steps], unnamed, { name: '', output: '9' })).toEqual({
    output: '9',
    bindings: [],
    exposed: [{ node: '3', key: 'steps' }],
  })
})

it('offers for an input only what its kind can be, and shortens what it has', () => {
  expect(rolesFor(text.control)).toEqual(['prompt', 'negative_prompt'])
  expect(rolesFor({ type: 'image', value: 'a.png' })).toEqual(['image', 'last_image', 'mask'])
  expect(rolesFor({ type: 'choice', value: 'euler', choices: ['euler'] })).toEqual([])
  expect([
    valueWords({ type: 'switch', value: false }),
    valueWords({ type: 'text', value: '' }),
    valueWords({ type: 'text', value: 'x'.repeat(80) }),
  ]).toEqual(['off', 'empty', `${'x'.repeat(59)}…`])
})
