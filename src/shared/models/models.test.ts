import { describe, expect, expectTypeOf, it } from 'vitest'
import { checkInputs, readFormValues } from './check.ts'
import { choicesOf, fieldsOf, inputJsonSchema, mediaFieldsOf } from './describe.ts'
import { findModel, type InputsOf, type ModelNamed, registry, resolveModelId } from './index.ts'
import { estimatePrice } from './price.ts'
import { fittedSize, generatedSize } from './size.ts'

const model = <Name extends string>(name: Name) => {
  const found = findModel(name)
  if (!found) throw new Error(`no model ${name}`)
  return found
}

const failures = (name: string, values: unknown) => {
  const checked = checkInputs(model(name), values)
  return checked.ok ? {} : checked.fields
}

describe('the registry', () => {
  it("holds the Process API's eight and those that the cloud serves", () => {
    const processApi =
      'lucy-pro-t2v lucy-pro-i2v lucy-dev-i2v lucy-pro-v2v lucy-dev-v2v lucy-pro-flf2v lucy-pro-t2i lucy-pro-i2i'
    const cloud =
      'lucy-clip lucy-2.1 lucy-2.5 lucy-restyle-2 lucy-vton-2 lucy-vton-3 lucy-vton-3.5 lucy-image-2 lucy-fast-v2v'
    const ids = registry.map(({ id }): string => id)
    expect(ids.sort()).toEqual(`${processApi} ${cloud}`.split(' ').sort())
  })

  it('uses every name once', () => {
    const names = registry.flatMap(({ id, aliases }) => [id, ...(aliases ?? [])])
    expect(new Set(names).size).toBe(names.length)
  })

  it.each([
    ['lucy-latest', 'lucy-2.1'],
    ['lucy-vton-latest', 'lucy-vton-3.5'],
    ['lucy-restyle-latest', 'lucy-restyle-2'],
    ['lucy-clip-latest', 'lucy-clip'],
    ['lucy-image-latest', 'lucy-image-2'],
    ['lucy-pro-v2v', 'lucy-clip'],
    ['lucy-restyle-v2v', 'lucy-restyle-2'],
    ['lucy-pro-i2i', 'lucy-image-2'],
    ['lucy-2.1-vton-2', 'lucy-vton-2'],
    ['lucy-pro-t2v', 'lucy-pro-t2v'],
    ['lucy-9', undefined],
  ])('resolves %s to %s', (name, id) => expect(resolveModelId(name)).toBe(id))

  it('describes every field for the forms', () => {
    for (const each of registry)
      for (const field of fieldsOf(each)) {
        expect(field.meta.title, `${each.id}.${field.name}`).not.toBe('')
        if (field.meta.control === 'choice') expect(choicesOf(field)).toEqual(Object.keys(field.meta.labels))
      }
    expect(Object.fromEntries(mediaFieldsOf(model('lucy-pro-flf2v')))).toEqual({ start: 'image', end: 'image' })
    expect(fieldsOf(model('lucy-pro-t2v')).map(({ name, required }) => [name, required])).toEqual([
      ['prompt', true],
      ['seed', false],
      ['resolution', false],
      ['orientation', false],
    ])
  })

  it('has a JSON Schema with binary files', () => {
    const schema = inputJsonSchema(model('lucy-pro-i2v'))
    expect(schema.required).toEqual(['prompt', 'data'])
    expect(schema.properties?.['data']).toMatchObject({ type: 'string', format: 'binary' })
  })
})

describe('checking inputs', () => {
  const data = new Blob(['x'])

  it('says what is missing in the words of the Process API', () => {
    const checked = checkInputs(model('lucy-pro-i2v'), { prompt: 'test' })
    expect(checked).toMatchObject({ ok: false, message: 'Invalid inputs for lucy-pro-i2v: data is required' })
  })

  it.each([
    ['lucy-pro-t2v', {}, { prompt: 'is required' }],
    ['lucy-pro-t2v', { prompt: '   ' }, { prompt: 'must not be empty' }],
    ['lucy-pro-t2v', { prompt: 'a'.repeat(1001) }, { prompt: 'is longer than 1,000 characters' }],
    ['lucy-pro-t2v', { prompt: 'a', seed: -1 }, { seed: 'must be at least 0' }],
    ['lucy-pro-t2v', { prompt: 'a', seed: 4294967296 }, { seed: 'must be at most 4294967295' }],
    ['lucy-pro-t2v', { prompt: 'a', seed: 1.5 }, { seed: 'must be a whole number' }],
    ['lucy-pro-t2v', { prompt: 'a', seed: 'x' }, { seed: 'must be a number' }],
    ['lucy-pro-t2v', { prompt: 7 }, { prompt: 'must be text' }],
    ['lucy-pro-t2v', { prompt: 'a', resolution: '4k' }, { resolution: 'must be 480p or 720p or 1080p' }],
    ['lucy-pro-t2v', { prompt: 'a', data: 'https://a.b/c' }, { data: 'is not a field of this model' }],
    ['lucy-clip', { prompt: 'a', data, resolution: '480p' }, { resolution: 'must be 720p' }],
    ['lucy-pro-v2v', { prompt: 'a', data, num_inference_steps: 51 }, { num_inference_steps: 'must be at most 50' }],
    [
      'lucy-pro-i2v',
      { prompt: 'a', data: 'photo.jpg' },
      { data: 'must be an image: a file, bytes, an http(s) URL or a file_ id' },
    ],
    ['lucy-restyle-2', { data }, { prompt: 'or reference_image is required' }],
    [
      'lucy-restyle-2',
      { data, prompt: 'a', reference_image: data },
      { reference_image: 'cannot be used together with prompt: give one of the two' },
    ],
    [
      'lucy-restyle-2',
      { data, reference_image: data, enhance_prompt: true },
      { enhance_prompt: 'is only for use with prompt' },
    ],
  ])('%s refuses %o', (name, values, fields) => expect(failures(name, values)).toEqual(fields))

  it.each([
    ['lucy-2.5', { data, self_anchor: false }],
    ['lucy-vton-3.5', { data, prompt: '' }],
    ['lucy-restyle-2', { data, prompt: 'ink', enhance_prompt: false }],
    ['lucy-pro-i2v', { prompt: 'a', data: new Uint8Array(3) }],
    ['lucy-pro-i2v', { prompt: 'a', data: new URL('https://a.b/c') }],
    ['lucy-pro-i2v', { prompt: 'a', data: `file_${'0'.repeat(32)}` }],
    ['lucy-pro-i2v', { prompt: 'a', data: new ReadableStream() }],
  ])('%s takes %o', (name, values) => expect(failures(name, values)).toEqual({}))

  it('trims prompts, and reads form text by the schema', () => {
    const values = readFormValues(model('lucy-pro-v2v'), {
      prompt: '  12  ',
      seed: '42',
      enhance_prompt: 'false',
      num_inference_steps: 'ten',
    })
    expect(values).toEqual({ prompt: '  12  ', seed: 42, enhance_prompt: false, num_inference_steps: 'ten' })
    expect(checkInputs(model('lucy-pro-t2v'), { prompt: ' a ' })).toEqual({ ok: true, value: { prompt: 'a' } })
  })
})

describe('sizes and prices', () => {
  it('gives the named sizes', () => {
    expect(generatedSize()).toEqual({ width: 1280, height: 720 })
    expect(generatedSize('1080p', 'portrait')).toEqual({ width: 1080, height: 1920 })
  })

  it.each([
    [{ width: 1920, height: 1080 }, '720p', { width: 1280, height: 720 }],
    [{ width: 1080, height: 1920 }, '720p', { width: 720, height: 1280 }],
    [{ width: 500, height: 500 }, '720p', { width: 960, height: 960 }],
    [{ width: 4000, height: 3000 }, '480p', { width: 730, height: 548 }],
    [{ width: 8000, height: 250 }, '720p', { width: 4096, height: 128 }],
    [{ width: 300, height: 6000 }, '720p', { width: 204, height: 4096 }],
    [{ width: 100_000, height: 10 }, '720p', { width: 4096, height: 16 }],
  ] as const)('fits %o into %s', (source, resolution, size) => expect(fittedSize(source, resolution)).toEqual(size))

  it('estimates', () => {
    expect(estimatePrice(model('lucy-clip'), { seconds: 4 })).toBeCloseTo(0.6)
    expect(estimatePrice(model('lucy-image-2'), { resolution: '480p' })).toBe(0.01)
    expect(estimatePrice(model('lucy-pro-t2v'), {})).toBeNull()
  })
})

describe('types', () => {
  it('infers the inputs of each model', () => {
    type I2V = InputsOf<ModelNamed<'lucy-pro-i2v'>>
    expectTypeOf<I2V>().toHaveProperty('data')
    expectTypeOf<Required<I2V>['seed']>().toEqualTypeOf<number | undefined>()
    expectTypeOf<ModelNamed<'lucy-latest'>['id']>().toEqualTypeOf<'lucy-2.1'>()
    // @ts-expect-error data is required
    const missing: I2V = { prompt: 'a' }
    // @ts-expect-error start is not a field of this model
    const unknown: I2V = { prompt: 'a', data: 'https://a.b/c', start: 'https://a.b/c' }
    expect([missing, unknown]).toHaveLength(2)
  })
})
