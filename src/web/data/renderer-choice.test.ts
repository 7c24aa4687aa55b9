import { describe, expect, it } from 'vitest'
import { sampleDecart, sampleLocal, sampleOffer, sampleRenderer } from '../testing/samples.ts'
import { candidatesFor, engineAgain, isReady, madeInstead, wantedFrom } from './renderer-choice.ts'
import { candidateWords, engineWords, makerWords, moneyWords } from './renderer-words.ts'

const clip = { id: 'lucy-pro-t2v' }
const edit = { id: 'lucy-2.5', cloud: { id: 'lucy-2.5', resolutions: ['720p'] as const } }

const wan = sampleOffer('Wan 2.2 5B')
const comfyui = sampleRenderer('comfyui', {
  title: 'ComfyUI',
  models: { 'lucy-pro-t2v': wan },
  servers: [{ url: 'http://render-box:8188', state: 'ready', note: '', busy: 0 }],
})
const lacking = {
  ...comfyui,
  models: {
    'lucy-pro-t2v': {
      ...wan,
      ready: false,
      reason: 'Wan 2.2 5B is missing.',
      missing: [{ file: 'wan.safetensors', folder: 'models/diffusion_models', url: null, bytes: null, licence: null }],
    },
  },
}
const fal = sampleRenderer('fal', {
  title: 'fal',
  where: 'a third party',
  chosen_only: true,
  models: {
    'lucy-pro-t2v': sampleOffer('Wan 2.2 14B', { free: false, price: { perClip: { '480p': 0.05, '720p': 0.1 } } }),
  },
})
const local = sampleLocal()

const wanted = (
  model: Parameters<typeof candidatesFor>[0],
  renderers: Parameters<typeof candidatesFor>[1],
  chosen?: string,
  engine: string | null = null,
) => wantedFrom(candidatesFor(model, renderers), chosen === undefined ? undefined : { renderer: chosen, engine })?.name

describe('who makes it', () => {
  it('is the local engine until the server has told, and where nobody else can', () => {
    expect([wanted(clip, undefined), wanted(clip, [local]), wanted(clip, [local, lacking])]).toEqual([
      'local',
      'local',
      'local',
    ])
  })

  it('is the first that is ready and may run unasked: one that costs money only where it is chosen', () => {
    expect(wanted(clip, [local, fal, comfyui])).toBe('comfyui')
    expect(wanted(clip, [local, fal])).toBe('local')
    expect(wanted(clip, [local, fal, comfyui], 'fal')).toBe('fal')
    expect(wanted(edit, [local, sampleDecart('ready'), comfyui])).toBe('decart')
  })

  it('stays who was chosen while that is away or lacks files, and is another once it is forgotten', () => {
    const away = { ...comfyui, state: 'unreachable' as const }
    expect(wanted(clip, [local, away], 'comfyui')).toBe('comfyui')
    expect(wanted(clip, [local, away])).toBe('local')
    expect(wanted(clip, [local, lacking], 'comfyui')).toBe('comfyui')
    expect(wanted(clip, [local, { ...comfyui, state: 'off', models: {} }], 'comfyui')).toBe('local')
  })

  it('is Decart where it refuses the key: a draft in its place is for the person to choose', () => {
    expect(wanted(edit, [local, sampleDecart('refused')])).toBe('decart')
    expect(wanted(clip, [local, sampleDecart('refused')])).toBe('local')
    expect(candidatesFor(edit, [local, sampleDecart('refused')]).map(isReady)).toEqual([false, true])
  })

  it('is nobody for a workflow where no ComfyUI is there', () => {
    expect(wanted({ id: 'workflow-fox' }, [local])).toBeUndefined()
  })
})

describe('an engine by name', () => {
  const large = sampleOffer('Wan 2.2 14B', {
    resolutions: ['480p', '720p', '1080p'],
    others: [wan, sampleOffer('Lucy Edit Dev', { engine: { name: 'Lucy Edit Dev', licence: 'non-commercial' } })],
  })
  const several = { ...comfyui, models: { 'lucy-pro-t2v': large } }
  const candidates = candidatesFor(clip, [local, several])
  const by = (engine: string | null) => wantedFrom(candidates, { renderer: 'comfyui', engine })?.offer?.engine.name

  it('is an entry of its own after what its renderer runs by itself, and never runs unasked', () => {
    expect(candidates.map(({ name, engine }) => [name, engine])).toEqual([
      ['comfyui', null],
      ['comfyui', 'Wan 2.2 5B'],
      ['comfyui', 'Lucy Edit Dev'],
      ['local', null],
    ])
    expect(wantedFrom(candidates, undefined)?.engine).toBeNull()
  })

  it('runs where it was chosen; where it is no longer there, what its renderer runs by itself', () => {
    expect([by('Wan 2.2 5B'), by(null), by('Wan 9')]).toEqual(['Wan 2.2 5B', 'Wan 2.2 14B', 'Wan 2.2 14B'])
  })

  it('says what its licence forbids', () => {
    expect(candidates.map((each) => candidateWords(each, {}))).toEqual([
      'Wan 2.2 14B on render-box · free',
      'Wan 2.2 5B on render-box · free',
      'Lucy Edit Dev on render-box · free · not for commercial use',
      'Local draft · free',
    ])
  })

  it('is named again for the same take, as long as it is offered beside another', () => {
    const take = (engine: string) => ({ modelId: clip.id, renderer: 'comfyui', engine: { name: engine } })
    expect(['Wan 2.2 5B', 'Wan 2.2 14B', 'Wan 9'].map((name) => engineAgain(take(name), [several]))).toEqual([
      'Wan 2.2 5B',
      null,
      null,
    ])
    expect(engineAgain({ ...take(''), engine: null }, undefined)).toBeNull()
  })

  it('makes the nearest of its resolutions, and the local engine all', () => {
    expect(candidates.map((each) => madeInstead(each, '1080p'))).toEqual(['1080p', '720p', '720p', '1080p'])
    const [ends] = candidatesFor(clip, [
      { ...comfyui, models: { 'lucy-pro-t2v': { ...wan, resolutions: ['480p', '1080p'] } } },
    ])
    expect(ends && madeInstead(ends, '720p')).toBe('480p')
  })
})

describe('the words', () => {
  const [comfyCandidate] = candidatesFor(clip, [comfyui])
  const wordsOf = (renderer: typeof comfyui) => {
    const [candidate] = candidatesFor(clip, [renderer])
    return candidate && candidateWords(candidate, { resolution: '720p' })
  }

  it('say what runs, where, and what it costs, or why not now', () => {
    expect([wordsOf(comfyui), wordsOf(fal), wordsOf(lacking), wordsOf({ ...comfyui, state: 'unreachable' })]).toEqual([
      'Wan 2.2 5B on render-box · free',
      'Wan 2.2 14B at fal · about $0.10',
      'Wan 2.2 5B on render-box · 1 piece missing',
      'Wan 2.2 5B on render-box · does not answer',
    ])
    const unknown = { ...fal, models: { 'lucy-pro-t2v': sampleOffer('Wan', { free: false }) } }
    expect(wordsOf(unknown)).toBe('Wan at fal · paid, price unknown')
  })

  it('call a server on this machine so, and count several', () => {
    const at = (...urls: string[]) => ({
      ...comfyui,
      servers: urls.map((url) => ({ url, state: 'ready' as const, note: '', busy: 0 })),
    })
    const words = (renderer: typeof comfyui) => comfyCandidate && engineWords({ ...comfyCandidate, status: renderer })
    expect(words(at('http://127.0.0.1:8188'))).toBe('Wan 2.2 5B on this machine')
    expect(words(at('http://a:1', 'http://b:1'))).toBe('Wan 2.2 5B on ComfyUI, 2 servers')
  })

  it('name the engine that made a take, and never call a draft anything else', () => {
    expect([
      makerWords({ renderer: 'comfyui', engine: { name: 'Wan 2.2 5B' } }),
      makerWords({ renderer: 'local', engine: { name: 'Rushes' } }),
      makerWords({ renderer: 'somebody', engine: null }),
      moneyWords({ usd: 0.1, certain: true }),
      moneyWords({ usd: 0.0042, certain: false }),
    ]).toEqual(['Wan 2.2 5B · ComfyUI', 'Local draft', 'somebody', '$0.10', 'about $0.004'])
  })
})
