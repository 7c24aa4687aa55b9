import { describe, expect, it } from 'vitest'
import { findModel } from '../../../shared/models/index.ts'
import { type EngineFacts, engineOf, framesOf } from './engines.ts'
import { noteOf, offersOf, servedOf } from './offers.ts'
import { sizeOf } from './sizes.ts'

const facts = (name: string, taskType?: string): EngineFacts => {
  const found = engineOf([name], taskType)
  if (!found) throw new Error(`${name} is not known`)
  return found
}
const offered = (name: string, free = true) => offersOf(servedOf([{ id: name }]), free)

const CLIPS = ['lucy-pro-i2v', 'lucy-dev-i2v']

describe('a served model', () => {
  it.each([
    ['Wan-AI/Wan2.2-T2V-A14B-Diffusers', ['lucy-pro-t2v']],
    ['Wan-AI/Wan2.2-I2V-A14B-Diffusers', CLIPS],
    ['Wan-AI/Wan2.2-TI2V-5B-Diffusers', ['lucy-pro-t2v', ...CLIPS]],
    ['FastVideo/FastWan2.1-T2V-1.3B-Diffusers', ['lucy-pro-t2v']],
    ['FastVideo/FastWan2.2-TI2V-5B-FullAttn-Diffusers', ['lucy-pro-t2v', ...CLIPS]],
    ['hunyuanvideo-community/HunyuanVideo', ['lucy-pro-t2v']],
    ['Lightricks/LTX-2', ['lucy-pro-t2v', ...CLIPS]],
    ['black-forest-labs/FLUX.2-klein-4B', ['lucy-pro-t2i', 'lucy-image-2', 'lucy-pro-i2i']],
    ['black-forest-labs/FLUX.1-dev', ['lucy-pro-t2i']],
    ['Qwen/Qwen-Image', ['lucy-pro-t2i']],
    ['Qwen/Qwen-Image-Edit-2511', ['lucy-image-2', 'lucy-pro-i2i']],
    ['Tongyi-MAI/Z-Image-Turbo', ['lucy-pro-t2i']],
    ['/models/z_image_turbo', ['lucy-pro-t2i']],
    ['sora-2', ['lucy-pro-t2v', ...CLIPS]],
    ['gpt-image-1', ['lucy-pro-t2i', 'lucy-image-2', 'lucy-pro-i2i']],
    ['decart-ai/Lucy-Edit-1.1-Dev', ['lucy-clip', 'lucy-pro-v2v', 'lucy-dev-v2v', 'lucy-fast-v2v']],
    ['Qwen/Qwen3-8B', []],
    ['fluxion/chat', []],
  ])('%s is offered for what it makes', (name, models) => {
    expect(Object.keys(offered(name)).toSorted()).toEqual(models.toSorted())
    for (const offer of Object.values(offered(name))) expect(offer).toMatchObject({ ready: true, engine: { name } })
  })

  it('of an unknown name is offered by its task, and one that has none by nothing, which is said', () => {
    expect(engineOf(['house-model'], 'T2V')?.tasks).toEqual(['text-to-video'])
    expect(engineOf(['house-model'], 'Chat')).toBeNull()
    expect(noteOf(servedOf([{ id: 'house-model' }]))).toMatch(
      /house-model, of which Rushes does not know.*nothing is offered/,
    )
    // By its real name, where it goes by another.
    expect(servedOf([{ id: 'house-model', root: 'Qwen/Qwen-Image' }])[0]?.facts?.tasks).toEqual(['text-to-image'])
  })

  it('says what is not honoured, how long a clip is, and whether it costs money', () => {
    expect(offered('Wan-AI/Wan2.2-TI2V-5B-Diffusers')['lucy-pro-t2v']).toEqual({
      ready: true,
      engine: { name: 'Wan-AI/Wan2.2-TI2V-5B-Diffusers', licence: 'Apache-2.0' },
      reason: null,
      missing: [],
      resolutions: ['480p', '720p'],
      seconds: 5.04,
      fps: 24,
      free: true,
      price: null,
      limits: [],
    })
    const sora = offered('sora-2', false)['lucy-pro-i2v']
    expect(sora).toMatchObject({ free: false, price: null, seconds: 4 })
    expect(sora?.limits.join(' ')).toMatch(/1280x720.*4, 8, 12 seconds.*no seed/)
    expect(offered('FastVideo/FastWan2.1-T2V-1.3B-Diffusers')['lucy-pro-t2v']?.resolutions).toEqual(['480p'])
    expect(offered('Qwen/Qwen-Image-Edit')['lucy-pro-i2i']?.limits.join(' ')).toMatch(/enhances.*no reference image/)
    expect(offered('Qwen/Qwen-Image-Edit-2511')['lucy-pro-i2i']?.limits.join(' ')).not.toMatch(/reference/)
  })

  it.each([
    ['Wan2.2-T2V-A14B', 81],
    ['Wan2.2-TI2V-5B', 121],
    ['LTX-2', 121],
    ['MiniMax-H3', 124],
    ['sora-2', 150],
  ])('%s makes five seconds of %i frames', (name, frames) => expect(framesOf(facts(name), 5)).toBe(frames))

  it('gets sizes that it can make', () => {
    const size = (name: string, asked: Partial<Parameters<typeof sizeOf>[0]>) =>
      Object.values(
        sizeOf({ resolution: '720p', orientation: undefined, source: undefined, ...asked }, facts(name)),
      ).join('x')
    expect(size('Wan2.2-T2V-A14B', {})).toBe('1280x720')
    expect(size('Wan2.2-TI2V-5B', {})).toBe('1280x704')
    expect(size('Wan2.2-T2V-A14B', { resolution: '480p', orientation: 'portrait' })).toBe('480x832')
    expect(size('Wan2.2-I2V-A14B', { source: { width: 1000, height: 1000 } })).toBe('960x960')
    expect(size('sora-2', { orientation: 'portrait' })).toBe('720x1280')
    expect(size('gpt-image-1', { source: { width: 900, height: 1000 } })).toBe('1024x1024')
    expect(findModel('lucy-motion')?.task).toBe('image-to-video')
  })
})
