import { defineModel, inputs } from './define.ts'
import { orientation, prompt, resolution, RESOLUTIONS, seed } from './fields.ts'

export const textToImage = [
  defineModel({
    id: 'lucy-pro-t2i',
    gone: '2026-08',
    title: 'Lucy Pro: text to image',
    description: 'A picture from words alone.',
    kind: 'image',
    task: 'text-to-image',
    fps: 25,
    width: 1280,
    height: 720,
    input: inputs({
      prompt: prompt('A futuristic cityscape at night with neon lights'),
      seed: seed(),
      resolution: resolution(RESOLUTIONS),
      orientation: orientation(),
    }),
  }),
] as const
