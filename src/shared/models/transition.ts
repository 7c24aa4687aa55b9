import { defineModel, inputs } from './define.ts'
import { media, prompt, resolution, RESOLUTIONS, seed } from './fields.ts'

export const transition = [
  defineModel({
    id: 'lucy-pro-flf2v',
    gone: '2026-08',
    title: 'Lucy Pro: first to last frame',
    description: 'A 5 second transition between two pictures.',
    kind: 'video',
    task: 'transition',
    fps: 25,
    width: 1280,
    height: 720,
    input: inputs({
      prompt: prompt('Smooth cinematic transition with natural motion'),
      start: media('image', 'First frame', 'The picture that the clip begins on.'),
      end: media('image', 'Last frame', 'The picture that the clip ends on.'),
      seed: seed(),
      resolution: resolution(RESOLUTIONS),
    }),
  }),
] as const
