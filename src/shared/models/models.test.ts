import { describe, expect, expectTypeOf, it } from 'vitest'
import { checkInputs, readFormValues, withDefaults } from './check.ts'
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
  it("holds the Process API's eight, those that the cloud serves and one that only SDKs know", () => {
    const processApi =
      'lucy-pro-t2v lucy-pro-i2v lucy-dev-i2v lucy-pro-v2v lucy-dev-v2v lucy-pro-flf2v lucy-pro-t2i lucy-pro-i2i'
    const cloud = 'lucy-clip lucy-2.1 lucy-2.5 lucy-2.6 lucy-restyle-2 lucy-vton-3.5 lucy-vton-3.6 lucy-image-2'
    const retired = 'lucy-vton-2 lucy-vton-3 lucy-fast-v2v'
    const ids = registry.map(({ id }): string => id)
    const sdks = 'lucy-motion'
    expect(ids.sort()).toEqual(`${processApi} ${cloud} ${retired} ${sdks}`.split(' ').sort())
    const served = registry.filter((each) => each.cloud).map(({ id }): string => id)
    expect(served.sort()).toEqual(`${cloud} lucy-pro-v2v lucy-pro-i2i`.split(' ').sort())
    // Whatever Decart does not serve says since when, and nothing else does.
    for (const each of registry) expect([each.id, each.gone !== undefined]).toEqual([each.id, !each.cloud])
  })

  it('knows every name that a published SDK sends', () => {
    // Read out of @decartai/sdk 0.0.6 to 0.1.20 (npm) and decart 0.0.5 to 0.2.4 (PyPI).
    const sent =
      'lucy-2 lucy-2-v2v lucy-2.1 lucy-2.1-vton lucy-2.1-vton-2 lucy-2.5 lucy-2.6 lucy-clip lucy-clip-latest lucy-dev-i2v lucy-dev-v2v lucy-fast-v2v lucy-image-2 lucy-image-latest lucy-latest lucy-motion lucy-motion-latest lucy-pro-flf2v lucy-pro-i2i lucy-pro-i2v lucy-pro-t2i lucy-pro-t2v lucy-pro-v2v lucy-restyle-2 lucy-restyle-latest lucy-restyle-v2v lucy-vton lucy-vton-2 lucy-vton-3 lucy-vton-3.5 lucy-vton-3.6 lucy-vton-latest'
    expect(sent.split(' ').filter((name) => !findModel(name))).toEqual([])
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
    ['lucy-motion-latest', 'lucy-motion'],
    ['lucy-2.1-vton', 'lucy-vton-2'],
    ['lucy-vton', 'lucy-vton-2'],
    ['lucy-2', 'lucy-2.1'],
    ['lucy-2-v2v', 'lucy-2.1'],
    ['lucy-vton-3.6', 'lucy-vton-3.6'],
    ['lucy-vton-3', 'lucy-vton-3'],
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

  it('has a JSON Schema in which a file is bytes, an address or an id', () => {
    const schema = inputJsonSchema(model('lucy-pro-i2v'))
    expect(schema.required).toEqual(['prompt', 'data'])
    expect(schema.properties?.['data']).toMatchObject({
      title: 'Image',
      anyOf: [{ format: 'binary' }, { format: 'uri' }, { pattern: '^(file|job)_' }],
      'x-form': { control: 'media', accepts: 'image' },
    })
  })

  it('says in its JSON Schema what is assumed, as Decart assumes it', () => {
    const defaults = (name: string) =>
      Object.fromEntries(
        Object.entries(inputJsonSchema(model(name)).properties ?? {}).flatMap(([field, schema]) =>
          typeof schema === 'object' && 'default' in schema ? [[field, schema.default]] : [],
        ),
      )
    expect(defaults('lucy-2.5')).toEqual({ prompt: '', resolution: '720p', enhance_prompt: true, self_anchor: true })
    expect(defaults('lucy-image-2')).toEqual({ resolution: '720p', enhance_prompt: true })
    expect(defaults('lucy-pro-t2v')).toEqual({ resolution: '720p', orientation: 'landscape' })
    expect(defaults('lucy-pro-v2v')).toEqual({ resolution: '720p', enhance_prompt: true, num_inference_steps: 50 })
    expect(inputJsonSchema(model('lucy-2.5')).required).toEqual(['data'])
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
    ['lucy-pro-t2v', { prompt: 'a', seed: 'x' }, { seed: 'must be a whole number, in digits 0 to 9' }],
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

describe('numbers in a form', () => {
  const seedOf = (text: string) => {
    const values = readFormValues(model('lucy-pro-t2v'), { prompt: 'a', seed: text })
    const checked = checkInputs(model('lucy-pro-t2v'), values)
    return checked.ok ? checked.value.seed : checked.fields['seed']
  }

  it.each(['0', ' 5 ', '4294967295'])('%j is what it says', (text) => expect(seedOf(text)).toBe(Number(text)))

  it.each(['1.000', '1.0', '1e3', '0x10', '+5', '1 000', '١٢', 'five'])('%j is none', (text) =>
    expect(seedOf(text)).toBe('must be a whole number, in digits 0 to 9'),
  )

  it.each(['4294967296', '9007199254740993', '9'.repeat(40)])('%s is told the limit that counts', (text) =>
    expect(seedOf(text)).toBe('must be at most 4294967295'),
  )
})

describe('what was left unsaid', () => {
  it.each([
    ['lucy-2.5', { data: 'file_1' }, { resolution: '720p', enhance_prompt: true, self_anchor: true }],
    ['lucy-2.5', { self_anchor: false, enhance_prompt: false }, { self_anchor: false, enhance_prompt: false }],
    ['lucy-pro-t2v', { prompt: 'a', resolution: '480p' }, { resolution: '480p', orientation: 'landscape' }],
    ['lucy-restyle-2', { data: 'file_1', prompt: 'ink' }, { enhance_prompt: true }],
  ])('of %s with %o is as Decart assumes it', (name, values, filled) => {
    const inputs = { data: 'file_1', prompt: 'a', ...values }
    expect(withDefaults(model(name), name === 'lucy-pro-t2v' ? values : inputs)).toMatchObject(filled)
  })

  it('is not what other inputs rule out', () => {
    const inputs = withDefaults(model('lucy-restyle-2'), { data: 'file_1', reference_image: 'file_2' })
    expect(inputs).toEqual({ data: 'file_1', reference_image: 'file_2', resolution: '720p' })
  })

  it('makes no inputs that its model refuses', () => {
    for (const each of registry) {
      const files = Object.fromEntries([...mediaFieldsOf(each).keys()].map((name) => [name, 'file_1']))
      const given = checkInputs(each, { prompt: 'a', ...files })
      if (given.ok) expect(checkInputs(each, withDefaults(each, given.value)), each.id).toMatchObject({ ok: true })
    }
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
    expect(estimatePrice(model('lucy-clip').price, { seconds: 4 })).toBeCloseTo(0.6)
    expect(estimatePrice(model('lucy-image-2').price, { resolution: '480p' })).toBe(0.01)
    expect(estimatePrice(model('lucy-pro-t2v').price, {})).toBeNull()
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
