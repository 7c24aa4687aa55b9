import { defineModel, inputs } from './define.ts'
import { media, prompt, resolution, RESOLUTIONS, seed } from './fields.ts'

const animate = () =>
  inputs({
    prompt: prompt('Animate with gentle motion and wind'),
    data: media('image', 'Image', 'The picture that becomes the first frame.'),
    seed: seed(),
    resolution: resolution(RESOLUTIONS),
  })

export const imageToVideo = [
  defineModel({
    id: 'lucy-pro-i2v',
    title: 'Lucy Pro: image to video',
    description: 'A 5 second clip that begins on your picture.',
    kind: 'video',
    task: 'image-to-video',
    fps: 25,
    width: 1280,
    height: 720,
    input: animate(),
  }),
  defineModel({
    id: 'lucy-dev-i2v',
    title: 'Lucy Dev: image to video',
    description: 'The quicker sibling, for drafts.',
    kind: 'video',
    task: 'image-to-video',
    fps: 25,
    width: 1280,
    height: 720,
    input: animate(),
  }),
] as const
