import { describe, expect, it } from 'vitest'
import { checkInputs } from '../../shared/models/check.ts'
import { type Model, findModel, registry } from '../../shared/models/index.ts'
import { sampleFile } from '../testing/samples.ts'
import {
  type Draft,
  draftFrom,
  draftSchema,
  inputsOf,
  mainSlotFor,
  replaceDraft,
  setSlot,
  slotForMedia,
} from './draft.ts'

const model = (id: string): Model => {
  const found = findModel(id)
  if (!found) throw new Error(id)
  return found
}

const clip = sampleFile('video', 'clip.mp4')
const still = sampleFile('image', 'still.png')
const trajectory = '[{"frame":0,"x":0.2,"y":0.5},{"frame":100,"x":0.8,"y":0.4}]'

describe('inputsOf', () => {
  it('gives files as ids, numbers as numbers, and leaves out what is empty or says the default', () => {
    const draft: Draft = {
      prompt: '  Pencil sketch ',
      'data:video': clip,
      'data:image': still,
      seed: ' 42 ',
      resolution: '480p',
      enhance_prompt: true,
      num_inference_steps: '12',
    }
    expect(inputsOf(model('lucy-pro-v2v'), draft)).toEqual({
      prompt: 'Pencil sketch',
      data: clip.id,
      seed: 42,
      resolution: '480p',
      num_inference_steps: 12,
    })
  })

  it('sends a switch only when it says something else than what is assumed', () => {
    const draft: Draft = { prompt: 'Snow', 'data:video': clip, enhance_prompt: false }
    expect(inputsOf(model('lucy-dev-v2v'), draft)).toMatchObject({ enhance_prompt: false })
  })

  it('leaves out a choice that this model does not offer', () => {
    const draft: Draft = { prompt: 'Snow', 'data:video': clip, resolution: '1080p' }
    expect(inputsOf(model('lucy-2.5'), draft)).toEqual({ prompt: 'Snow', data: clip.id })
  })

  it('keeps a seed that is no number, so that the schema can say so', () => {
    const checked = checkInputs(model('lucy-pro-t2v'), inputsOf(model('lucy-pro-t2v'), { prompt: 'A', seed: '12a' }))
    expect(checked.ok ? {} : checked.fields).toEqual({ seed: 'must be a whole number, in digits 0 to 9' })
  })

  it('lets one draft serve every model: media and prompt survive a change of model and back', () => {
    const draft: Draft = {
      prompt: 'A',
      'data:video': clip,
      'data:image': still,
      'start:image': still,
      'end:image': still,
      trajectory,
    }
    for (const each of registry) expect(checkInputs(each, inputsOf(each, draft)), each.id).toMatchObject({ ok: true })
  })

  it('leaves out an emptied prompt where a reference image stands in for it', () => {
    const draft: Draft = { prompt: '  ', 'data:video': clip, 'reference_image:image': still }
    expect(checkInputs(model('lucy-restyle-2'), inputsOf(model('lucy-restyle-2'), draft))).toMatchObject({ ok: true })
  })
})

describe('draftFrom', () => {
  it('gives back what makes the same take, the seed that was drawn included', () => {
    const v2v = model('lucy-pro-v2v')
    const inputs = { prompt: 'Snow', data: clip.id, enhance_prompt: false, num_inference_steps: 9, resolution: '480p' }
    const draft = draftFrom(v2v, inputs, 77, { [clip.id]: clip })
    expect(inputsOf(v2v, draft)).toEqual({ ...inputs, seed: 77 })
  })

  it('gives back a path, point by point and frame by frame', () => {
    const motion = model('lucy-motion')
    const draft = draftFrom(motion, { data: still.id, trajectory }, 7, { [still.id]: still })
    expect(draft).toEqual({ 'data:image': still, trajectory, seed: '7' })
    expect(checkInputs(motion, inputsOf(motion, draft))).toMatchObject({ ok: true, value: { trajectory, seed: 7 } })
  })

  it('leaves a media field empty whose file is gone', () => {
    expect(draftFrom(model('lucy-pro-i2v'), { prompt: 'A', data: still.id }, 1, {})).toEqual({ prompt: 'A', seed: '1' })
  })
})

describe('slots', () => {
  it('empties what the model has before filling it, and leaves the slots of others alone', () => {
    const before: Draft = { prompt: 'Old', seed: '1', 'data:video': clip }
    expect(replaceDraft(before, model('lucy-pro-t2v'), { prompt: 'New' })).toEqual({
      prompt: 'New',
      'data:video': clip,
    })
  })

  it('takes a slot away when it is emptied', () => {
    expect(setSlot({ prompt: 'A', seed: '1' }, 'seed', undefined)).toEqual({ prompt: 'A' })
    expect(setSlot({ prompt: 'A' }, 'prompt', '')).toEqual({})
  })

  it('puts media into the first empty field of its kind, or else the first where it may', () => {
    const flf = model('lucy-pro-flf2v')
    const place = (id: string, kind: 'image' | 'video' | null, taken: readonly string[], mayReplace = false) =>
      slotForMedia(model(id), kind, (slot) => taken.includes(slot), mayReplace)
    expect(place(flf.id, 'image', [])).toBe('start:image')
    expect(place(flf.id, 'image', ['start:image'])).toBe('end:image')
    expect(place(flf.id, 'image', ['start:image', 'end:image'])).toBeUndefined()
    expect(place(flf.id, 'image', ['start:image', 'end:image'], true)).toBe('start:image')
    // The field says that it takes no video.
    expect(place(flf.id, 'video', [])).toBe('start:image')
    expect(place('lucy-2.5', 'image', [])).toBe('reference_image:image')
    expect(place('lucy-2.5', null, [])).toBe('data:video')
    expect(place('lucy-pro-t2v', 'image', [], true)).toBeUndefined()
  })

  it('knows the main field from the one for a reference image', () => {
    expect(mainSlotFor(model('lucy-image-2'), {}, 'image')).toBe('data:image')
    expect(mainSlotFor(model('lucy-2.5'), {}, 'image')).toBeUndefined()
    expect(mainSlotFor(model('lucy-pro-flf2v'), { 'start:image': still }, 'image')).toBe('end:image')
  })

  it('refuses a stored draft that holds what no field can', () => {
    expect(draftSchema.safeParse({ prompt: 'A', 'data:image': { id: 'file_1' } }).success).toBe(false)
    expect(draftSchema.safeParse({ prompt: 'A', 'data:image': still }).success).toBe(true)
  })
})
