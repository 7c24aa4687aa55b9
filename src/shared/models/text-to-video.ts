import { defineModel, inputs } from './define.ts'
import { orientation, prompt, resolution, RESOLUTIONS, seed } from './fields.ts'

export const textToVideo = [
  defineModel({
    id: 'lucy-pro-t2v',
    gone: '2026-08',
    title: 'Lucy Pro: text to video',
    description: 'A 5 second clip from words alone.',
    kind: 'video',
    task: 'text-to-video',
    fps: 25,
    width: 1280,
    height: 720,
    input: inputs({
      prompt: prompt('A serene lake at sunset with mountains in the background'),
      seed: seed(),
      resolution: resolution(RESOLUTIONS),
      orientation: orientation(),
    }),
  }),
] as const
