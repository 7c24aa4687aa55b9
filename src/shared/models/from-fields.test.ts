import { describe, expect, it } from 'vitest'
import { checkInputs, readFormValues, withDefaults } from './check.ts'
import { customModel, fileInputsOf } from './custom.ts'
import { choicesOf, fieldsOf, mediaFieldsOf } from './describe.ts'
import { type FieldData, fieldDataOf, modelDataSchema, modelFromData } from './from-fields.ts'
import { registry } from './index.ts'
import { listedModels, listedModelSchema, modelFromListed } from './listing.ts'

const FIELDS: FieldData[] = [
  {
    control: 'prompt',
    name: 'prompt',
    title: 'Prompt',
    description: 'What to make.',
    required: true,
    advanced: false,
    placeholder: 'A lake',
  },
  {
    control: 'media',
    accepts: 'image',
    name: 'start',
    title: 'Image',
    description: '',
    required: true,
    advanced: false,
  },
  { control: 'media', accepts: 'video', name: 'mask', title: 'Mask', description: '', required: false, advanced: true },
  { control: 'seed', name: 'seed', title: 'Seed', description: '', required: false, advanced: false },
  {
    control: 'choice',
    name: 'sampler',
    title: 'Sampler',
    description: '',
    required: false,
    advanced: true,
    labels: { euler: 'Euler', uni_pc: 'UniPC' },
    assumed: 'uni_pc',
  },
  {
    control: 'switch',
    name: 'tiled',
    title: 'Tiled',
    description: '',
    required: false,
    advanced: true,
    assumed: false,
  },
  {
    control: 'number',
    name: 'cfg',
    title: 'Guidance',
    description: '',
    required: false,
    advanced: true,
    min: 0,
    max: 20,
    step: 0.5,
    assumed: 3.5,
  },
  {
    control: 'number',
    name: 'frames',
    title: 'Frames',
    description: '',
    required: true,
    advanced: false,
    min: 1,
    max: 121,
    step: 4,
  },
  {
    control: 'text',
    name: 'negative',
    title: 'Without',
    description: '',
    required: false,
    advanced: true,
    max: 20,
    assumed: 'blur',
  },
]
const DATA = {
  id: 'workflow-lake',
  title: 'Lake',
  description: 'A lake of mine.',
  kind: 'video',
  task: 'custom',
  fps: 24,
  width: 1280,
  height: 704,
  fields: FIELDS,
} as const
const model = modelFromData(modelDataSchema.parse(JSON.parse(JSON.stringify(DATA))))

/** A model as GET /v1/models tells it, after the wire. */
const overTheWire = (each: Parameters<typeof listedModels>[0][number]) => {
  const facts = { renderersOf: () => ['comfyui'], aliasesOf: () => ['lake'], goneSince: () => null }
  const [listed] = listedModels([each], facts)
  return listedModelSchema.parse(JSON.parse(JSON.stringify(listed)))
}

describe('a model made from data', () => {
  it('has the fields that the data names, with what the forms need', () => {
    expect(fieldsOf(model).map(({ name, required, meta }) => [name, required, meta.control])).toEqual(
      FIELDS.map(({ name, required, control }) => [name, required, control]),
    )
    expect(Object.fromEntries(mediaFieldsOf(model))).toEqual({ start: 'image', mask: 'video' })
    expect(fieldsOf(model).flatMap(choicesOf)).toEqual(['euler', 'uni_pc'])
    expect(fieldDataOf(model)).toEqual(FIELDS)
  })

  it.each([
    [{}, {}],
    [{ cfg: 0.25, sampler: 'euler', tiled: true, negative: '' }, {}],
    [{ prompt: '  ' }, { prompt: 'must not be empty' }],
    [{ frames: undefined }, { frames: 'is required' }],
    [{ frames: 1.5 }, { frames: 'must be a whole number' }],
    [{ frames: 122 }, { frames: 'must be at most 121' }],
    [{ cfg: 20.5 }, { cfg: 'must be at most 20' }],
    [{ cfg: 'much' }, { cfg: 'must be a number, such as 0.5' }],
    [{ sampler: 'ddim' }, { sampler: 'must be euler or uni_pc' }],
    [{ start: 'lake.png' }, { start: 'must be an image: a file, bytes, an http(s) URL or a file_ id' }],
    [{ negative: 'x'.repeat(21) }, { negative: 'is longer than 20 characters' }],
    [{ steps: 3 }, { steps: 'is not a field of this model' }],
  ])('checks inputs: %o', (values, fields) => {
    const checked = checkInputs(model, { prompt: 'a', start: 'file_1', frames: 81, ...values })
    expect(checked.ok ? {} : checked.fields).toEqual(fields)
  })

  it('reads a form, decimals too, and says what was left unsaid', () => {
    const raw = { prompt: 'a', frames: ' 81 ', cfg: '0.5', tiled: 'on', negative: '  ' }
    expect(readFormValues(model, raw)).toEqual({ prompt: 'a', frames: 81, cfg: 0.5, tiled: true })
    expect(readFormValues(model, { frames: '81.0', cfg: '1e3' })).toEqual({ frames: '81.0', cfg: '1e3' })
    const inputs = { prompt: 'a', start: 'file_1', frames: 81 }
    expect(withDefaults(model, inputs)).toEqual({ ...inputs, sampler: 'uni_pc', tiled: false })
  })

  it.each([
    ['a field twice', [FIELDS[0], FIELDS[0]]],
    ['a choice of nothing', [{ ...FIELDS[4], labels: {} }]],
    ['an assumed choice that is none', [{ ...FIELDS[4], assumed: 'ddim' }]],
    ['an empty range', [{ ...FIELDS[6], max: -1 }]],
    ['a name that is no name', [{ ...FIELDS[3], name: '__proto__' }]],
    ['a control that nobody knows', [{ ...FIELDS[3], control: 'dial' }]],
  ])('is refused with %s', (_case, fields) =>
    expect(modelDataSchema.safeParse({ ...DATA, fields }).success).toBe(false),
  )
})

describe('a listed model', () => {
  it('is made again from what the wire says of it', () => {
    const again = modelFromListed(overTheWire(model))
    if (!again) throw new Error('no model')
    expect(fieldDataOf(again)).toEqual(FIELDS)
    const { input: _, ...facts } = again
    expect(facts).toEqual({
      id: 'workflow-lake',
      title: 'Lake',
      description: 'A lake of mine.',
      kind: 'video',
      task: 'custom',
      fps: 24,
      width: 1280,
      height: 704,
      aliases: ['lake'],
    })
  })

  it('of the registry is the registry’s own, and its data says the same of every field', () => {
    for (const each of registry) {
      expect(modelFromListed(overTheWire(each))).toBe(each)
      const copy = modelFromData({ ...each, id: 'copy', fields: fieldDataOf(each) })
      const told = (of: typeof copy) => fieldsOf(of).map(({ name, required, meta }) => ({ name, required, meta }))
      expect(told(copy), each.id).toEqual(told(each))
      const files = fieldsOf(each).flatMap(({ name, meta, required }) =>
        required && meta.control === 'media' ? [[name, 'file_1']] : [],
      )
      const path = '[{"frame":0,"x":0,"y":0},{"frame":9,"x":1,"y":1}]'
      const words = each.id === 'lucy-motion' ? { trajectory: path } : { prompt: ' a ' }
      const inputs = { ...Object.fromEntries(files), ...words }
      expect(checkInputs(copy, inputs), each.id).toEqual(checkInputs(each, inputs))
    }
  })

  it('with a control of a later version is left to that', () => {
    const listed = overTheWire(model)
    const input_schema = { properties: { dial: { title: 'Dial', 'x-form': { control: 'dial' } } } }
    expect(modelFromListed({ ...listed, input_schema })).toBeUndefined()
  })
})

describe('a custom model', () => {
  it('takes whatever comes, as it comes', () => {
    const custom = customModel('lucy-next')
    const values = readFormValues(custom, { prompt: ' a ', strength: '0.70', seed: '' })
    expect(checkInputs(custom, values)).toEqual({ ok: true, value: { prompt: ' a ', strength: '0.70', seed: '' } })
    expect([custom.kind, customModel('acme-image-9').kind, customModel('lucy-i2i').kind]).toEqual([
      'video',
      'image',
      'image',
    ])
  })

  it('has its files where ids of uploads stand', () => {
    const id = `file_${'a'.repeat(32)}`
    const inputs = { prompt: 'file_', data: id, again: id, seed: 7 }
    expect(fileInputsOf(customModel('x'), inputs).map(({ name }) => name)).toEqual(['data', 'again'])
    expect(fileInputsOf(model, { start: id, negative: id })).toEqual([{ name: 'start', title: 'Image', id }])
  })
})
