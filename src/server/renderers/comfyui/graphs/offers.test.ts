import { describe, expect, it } from 'vitest'
import { offerSchema } from '../../../../shared/renderers.ts'
import { type Model, registry } from '../../../../shared/models/index.ts'
import { knownServer, piecesWith } from '../../../testing/comfyui/known-server.ts'
import { createOwnGraphs } from './own-graphs.ts'

const NEW = knownServer('0.33.0')
const OLD = knownServer('0.3.64')
const graphs = createOwnGraphs()
const MODELS: readonly Model[] = registry

describe('offers', () => {
  const offers = (...args: Parameters<typeof piecesWith>) => graphs.offers(piecesWith(...args))

  it('are there for every model', () => {
    const all = offers(NEW)
    expect(MODELS.map(({ id }) => id).filter((id) => !(id in all))).toEqual([])
    for (const offer of Object.values(all)) {
      expect(offerSchema.parse(offer)).toEqual(offer)
      expect(offer).toMatchObject({ ready: true, reason: null, missing: [], free: true, price: null })
    }
  })

  it.each([
    [8e9, 'Wan 2.2 5B', 5.04, 24],
    [null, 'Wan 2.2 5B', 5.04, 24],
    [25.4e9, 'Wan 2.2 14B lightx2v', 5.06, 16],
  ])('choose by the memory of the card: %s', (vram, engine, seconds, fps) => {
    expect(offers(NEW, { vram })['lucy-pro-t2v']).toMatchObject({ ready: true, engine: { name: engine }, seconds, fps })
    expect(offers(NEW, { vram })['lucy-dev-i2v']).toMatchObject({ engine: { name: 'Wan 2.2 5B' } })
  })

  it('choose what is there over what would be better', () => {
    const five = offers(NEW, { files: ['wan5b', 'umt5', 'wan22Vae'] })['lucy-pro-i2v']
    expect(five).toMatchObject({ ready: true, engine: { name: 'Wan 2.2 5B' } })
    const plain = offers(NEW, { files: ['t2vHigh', 't2vLow', 'umt5', 'wan21Vae'], vram: 12e9 })['lucy-pro-t2v']
    expect(plain).toMatchObject({ ready: true, engine: { name: 'Wan 2.2 14B' } })
    expect(plain?.limits).toContain(
      'Wan 2.2 14B is made for a card of 24 GB; this one has 12 GB, so expect it to be slow, or to run out of memory.',
    )
  })

  it('say in full what is missing', () => {
    const { ready, reason, missing, engine } =
      offers(NEW, { files: ['umt5', 'wan22Vae'], vram: 8e9 })['lucy-pro-t2v'] ?? {}
    expect({ ready, engine }).toEqual({ ready: false, engine: { name: 'Wan 2.2 5B', licence: 'Apache-2.0' } })
    expect(reason).toBe(
      'Wan 2.2 5B is missing: put wan2.2_ti2v_5B_fp16.safetensors (9.3 GB, Apache-2.0) into models/diffusion_models',
    )
    expect(missing).toEqual([
      {
        file: 'wan2.2_ti2v_5B_fp16.safetensors',
        folder: 'models/diffusion_models',
        url: 'https://huggingface.co/Comfy-Org/Wan_2.2_ComfyUI_Repackaged/resolve/main/split_files/diffusion_models/wan2.2_ti2v_5B_fp16.safetensors',
        bytes: expect.closeTo(1e10, -8),
        licence: 'Apache-2.0',
      },
    ])
  })

  it('join several files, and name the ComfyUI that has a node', () => {
    expect(offers(NEW, { files: [] })['lucy-pro-t2i']?.reason).toBe(
      'FLUX.2 klein 4B is missing: put flux-2-klein-4b-fp8.safetensors (3.8 GB, Apache-2.0) into models/diffusion_models, ' +
        'qwen_3_4b.safetensors (7.5 GB, Apache-2.0) into models/text_encoders and ' +
        'flux2-vae.safetensors (321 MB, Apache-2.0) into models/vae',
    )
    const edit = offers(OLD)['lucy-pro-v2v']
    expect(edit).toMatchObject({ ready: false, engine: { name: 'Bernini-R lightx2v' } })
    expect(edit?.reason).toBe(
      'Bernini-R lightx2v needs the node BerniniConditioning: update ComfyUI to 0.25.0 or newer (it is 0.3.64)',
    )
    expect(edit?.missing).toMatchObject([{ file: 'BerniniConditioning', folder: 'ComfyUI 0.25.0' }])
  })

  it('say which inputs are not honoured', () => {
    const all = offers(NEW)
    expect(all['lucy-pro-t2v']?.limits).toEqual(['Wan 2.2 14B lightx2v makes 720p at most.'])
    expect(all['lucy-motion']).toMatchObject({
      resolutions: ['480p', '720p'],
      limits: ['Wan 2.1 14B ATI makes 480p at most: 720p comes as 480p.', 'Wan 2.1 14B ATI makes 480p at most.'],
    })
    expect(all['lucy-pro-t2i']?.limits).toEqual([])
    expect(all['lucy-pro-t2i']?.resolutions).toEqual(['480p', '720p', '1080p'])
    expect(all['lucy-2.5']?.limits).toEqual(
      expect.arrayContaining([
        'The prompt is used as it stands: Bernini-R lightx2v has nothing that enhances it.',
        'Bernini-R lightx2v has no self anchor: it does nothing.',
      ]),
    )
    expect(all['lucy-2.5']).toMatchObject({ resolutions: ['720p'], seconds: null, fps: null })
  })
})
