import { defineModel, inputs } from './define.ts'
import { enhancePrompt, media, prompt, referenceImage, resolution, RESOLUTIONS, seed } from './fields.ts'

const price = { perImage: { '480p': 0.01, '720p': 0.02 } } as const
const cloud = { id: 'lucy-image-2', resolutions: ['720p', '480p'] } as const
const placeholder = 'Oil painting style with impressionist brushstrokes'
const picture = () => media('image', 'Image', 'The picture to change.')

export const imageEdit = [
  defineModel({
    id: 'lucy-image-2',
    title: 'Lucy Image 2',
    description: 'Edits a picture by a prompt, with an optional reference image.',
    kind: 'image',
    task: 'image-edit',
    fps: 25,
    width: 1280,
    height: 704,
    cloud,
    price,
    aliases: ['lucy-image-latest'],
    input: inputs({
      prompt: prompt(placeholder),
      data: picture(),
      reference_image: referenceImage(),
      seed: seed(),
      resolution: resolution(['480p', '720p']),
      enhance_prompt: enhancePrompt(),
    }),
  }),
  defineModel({
    id: 'lucy-pro-i2i',
    title: 'Lucy Pro: image edit',
    description: 'Edits a picture by a prompt.',
    kind: 'image',
    task: 'image-edit',
    fps: 25,
    width: 1280,
    height: 704,
    cloud,
    price,
    replacedBy: 'lucy-image-2',
    input: inputs({
      prompt: prompt(placeholder),
      data: picture(),
      reference_image: referenceImage(),
      seed: seed(),
      resolution: resolution(RESOLUTIONS),
      enhance_prompt: enhancePrompt(),
    }),
  }),
] as const
