import { expect, it } from 'vitest'
import { fieldsOf } from '../../shared/models/describe.ts'
import { findModel } from '../../shared/models/index.ts'
import type { ListedModel } from '../../shared/models/listing.ts'
import { modelsOf } from './models-of.ts'

const workflow: ListedModel = {
  id: 'workflow-fox',
  title: 'Fox',
  description: 'A ComfyUI workflow of your own.',
  kind: 'image',
  task: 'text-to-image',
  fps: 25,
  width: 1280,
  height: 720,
  renderers: ['comfyui'],
  aliases: [],
  replaced_by: null,
  gone: null,
  price: null,
  input_schema: {
    type: 'object',
    properties: {
      prompt: { type: 'string', title: 'Prompt', 'x-form': { control: 'prompt', placeholder: '', advanced: false } },
    },
    required: ['prompt'],
  },
}
const known = { ...workflow, id: 'lucy-clip', aliases: ['lucy-clip-latest'], gone: '2026-11-02' }

it('makes forms of what the server lists, and believes it about aliases and what is gone', () => {
  const { list, byName, gone } = modelsOf([known, workflow])
  expect(list.map(({ id }) => id)).toEqual(['lucy-clip', 'workflow-fox'])
  // The registry's own rules are kept.
  expect(byName.get('lucy-clip')).toBe(findModel('lucy-clip'))
  expect(byName.get('lucy-clip-latest')?.id).toBe('lucy-clip')
  expect(gone).toEqual(new Map([['lucy-clip', '2026-11-02']]))
  const fox = byName.get('workflow-fox')
  expect(fox && fieldsOf(fox).map(({ name, required }) => [name, required])).toEqual([['prompt', true]])
})

it('leaves out a model whose form this page cannot show', () => {
  const odd = { ...workflow, input_schema: { properties: { a: { title: 'A', 'x-form': { control: 'hologram' } } } } }
  expect(modelsOf([odd]).list).toEqual([])
})
