import { defineModel, inputs } from './define.ts'
import {
  emptyablePrompt,
  enhancePrompt,
  inferenceSteps,
  media,
  optionalPrompt,
  prompt,
  referenceImage,
  type Resolution,
  resolution,
  RESOLUTIONS,
  seed,
  selfAnchor,
} from './fields.ts'

const clip = () => media('video', 'Video', 'The clip to change, up to 30 seconds of it.')
const stylePlaceholder = 'Convert to anime style with vibrant colors'
const editPlaceholder = 'Make it winter, with falling snow'
const tryOnPlaceholder = 'Wearing a long red velvet coat'

/** What Decart's cloud takes today: 720p alone. */
const only720p = ['720p'] as const

/** The fields that lucy-2.* and try-on share: the prompt may be empty. */
const guided = <const R extends readonly [Resolution, ...Resolution[]]>(placeholder: string, resolutions: R) => ({
  prompt: emptyablePrompt(placeholder),
  data: clip(),
  reference_image: referenceImage(),
  seed: seed(),
  resolution: resolution(resolutions),
  enhance_prompt: enhancePrompt(),
})

const edit = { kind: 'video', task: 'video-edit' } as const
const tryOn = {
  ...edit,
  description: 'Dresses the person in the clip, by prompt, by a picture of the garment, or both.',
  fps: 20,
} as const
const perSecond = (dollars: number) => ({ perSecond: dollars })
const cloudAs = (id: string) => ({ id, resolutions: only720p })

export const videoEdit = [
  defineModel({
    ...edit,
    id: 'lucy-2.5',
    title: 'Lucy 2.5',
    description: 'Video edit by prompt, reference image or both, steady over long clips.',
    fps: 20,
    width: 1280,
    height: 720,
    cloud: cloudAs('lucy-2.5'),
    price: perSecond(0.04),
    input: inputs({ ...guided(editPlaceholder, only720p), self_anchor: selfAnchor() }),
  }),
  defineModel({
    ...edit,
    id: 'lucy-2.6',
    title: 'Lucy 2.6',
    description: "Decart's newest video edit, by prompt, reference image or both.",
    fps: 20,
    width: 1280,
    height: 720,
    cloud: cloudAs('lucy-2.6'),
    input: inputs(guided(editPlaceholder, only720p)),
  }),
  defineModel({
    ...edit,
    id: 'lucy-2.1',
    title: 'Lucy 2.1',
    description: 'Video edit by prompt, reference image or both.',
    fps: 20,
    width: 1088,
    height: 624,
    cloud: cloudAs('lucy-2.1'),
    price: perSecond(0.04),
    aliases: ['lucy-latest', 'lucy-2', 'lucy-2-v2v'],
    input: inputs(guided(editPlaceholder, only720p)),
  }),
  defineModel({
    ...edit,
    id: 'lucy-clip',
    title: 'Lucy Clip',
    description: 'The most careful video edit, up to 5 seconds.',
    fps: 25,
    width: 1280,
    height: 704,
    cloud: cloudAs('lucy-clip'),
    price: perSecond(0.15),
    aliases: ['lucy-clip-latest'],
    input: inputs({
      prompt: prompt(editPlaceholder),
      data: clip(),
      reference_image: referenceImage(),
      seed: seed(),
      resolution: resolution(only720p),
      enhance_prompt: enhancePrompt(),
    }),
  }),
  defineModel({
    ...edit,
    id: 'lucy-restyle-2',
    title: 'Lucy Restyle 2',
    description: 'A whole new look, from a prompt or from a reference image, never both.',
    fps: 22,
    width: 1280,
    height: 704,
    cloud: cloudAs('lucy-restyle-2'),
    price: perSecond(0.01),
    aliases: ['lucy-restyle-latest', 'lucy-restyle-v2v'],
    input: inputs({
      prompt: optionalPrompt(stylePlaceholder),
      data: clip(),
      reference_image: referenceImage(),
      seed: seed(),
      resolution: resolution(only720p),
      enhance_prompt: enhancePrompt(),
    }).superRefine((value, context) => {
      if (value.prompt === undefined && value.reference_image === undefined)
        context.addIssue({ code: 'custom', path: ['prompt'], message: 'or reference_image is required' })
      if (value.prompt !== undefined && value.reference_image !== undefined)
        context.addIssue({
          code: 'custom',
          path: ['reference_image'],
          message: 'cannot be used together with prompt: give one of the two',
        })
      else if (value.reference_image !== undefined && value.enhance_prompt !== undefined)
        context.addIssue({ code: 'custom', path: ['enhance_prompt'], message: 'is only for use with prompt' })
    }),
  }),
  ...(
    [
      ['lucy-vton-3.6', 'Try-on 3.6', []],
      ['lucy-vton-3.5', 'Try-on 3.5', ['lucy-vton-latest']],
    ] as const
  ).map(([id, title, aliases]) =>
    defineModel({
      ...tryOn,
      id,
      title,
      width: 1280,
      height: 720,
      cloud: cloudAs(id),
      price: perSecond(0.04),
      aliases,
      input: inputs(guided(tryOnPlaceholder, only720p)),
    }),
  ),
  // Gone from the cloud since the summer of 2026.
  ...(
    [
      ['lucy-vton-3', 'Try-on 3', []],
      ['lucy-vton-2', 'Try-on 2', ['lucy-2.1-vton-2', 'lucy-vton', 'lucy-2.1-vton']],
    ] as const
  ).map(([id, title, aliases]) =>
    defineModel({
      ...tryOn,
      id,
      title,
      width: 1088,
      height: 624,
      gone: '2026-10',
      aliases,
      input: inputs(guided(tryOnPlaceholder, RESOLUTIONS)),
    }),
  ),
  defineModel({
    ...edit,
    id: 'lucy-pro-v2v',
    title: 'Lucy Pro: video edit',
    description: 'Restyles a clip by a prompt.',
    fps: 25,
    width: 1280,
    height: 704,
    cloud: { ...cloudAs('lucy-clip'), drops: ['num_inference_steps'] },
    price: perSecond(0.15),
    replacedBy: 'lucy-clip',
    input: inputs({
      prompt: prompt(stylePlaceholder),
      data: clip(),
      reference_image: referenceImage(),
      seed: seed(),
      resolution: resolution(RESOLUTIONS),
      enhance_prompt: enhancePrompt(),
      num_inference_steps: inferenceSteps(),
    }),
  }),
  ...(
    [
      ['lucy-dev-v2v', 'Lucy Dev: video edit'],
      ['lucy-fast-v2v', 'Lucy Fast: video edit'],
    ] as const
  ).map(([id, title]) =>
    defineModel({
      ...edit,
      id,
      title,
      gone: '2026-08',
      description: 'A quicker restyle, for drafts.',
      fps: 25,
      width: 1280,
      height: 720,
      input: inputs({
        prompt: prompt(stylePlaceholder),
        data: clip(),
        seed: seed(),
        resolution: resolution(RESOLUTIONS),
        enhance_prompt: enhancePrompt(),
      }),
    }),
  ),
] as const
