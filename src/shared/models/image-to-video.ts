import { defineModel, inputs } from './define.ts'
import { media, prompt, resolution, RESOLUTIONS, seed, trajectory } from './fields.ts'

const picture = () => media('image', 'Image', 'The picture that becomes the first frame.')

const animate = () =>
  inputs({
    prompt: prompt('Animate with gentle motion and wind'),
    data: picture(),
    seed: seed(),
    resolution: resolution(RESOLUTIONS),
  })

export const imageToVideo = [
  defineModel({
    id: 'lucy-pro-i2v',
    gone: '2026-08',
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
    gone: '2026-08',
    title: 'Lucy Dev: image to video',
    description: 'The quicker sibling, for drafts.',
    kind: 'video',
    task: 'image-to-video',
    fps: 25,
    width: 1280,
    height: 720,
    input: animate(),
  }),
  defineModel({
    id: 'lucy-motion',
    title: 'Lucy Motion',
    description: 'A 5 second clip in which what stands at the start of a path moves along it.',
    kind: 'video',
    task: 'image-to-video',
    fps: 25,
    width: 1280,
    height: 704,
    gone: '2026-10',
    aliases: ['lucy-motion-latest'],
    input: inputs({
      data: picture(),
      trajectory: trajectory('data', { frames: 125, fps: 25 }),
      seed: seed(),
      resolution: resolution(RESOLUTIONS),
    }),
  }),
] as const
