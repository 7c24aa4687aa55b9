/** A clip of the empty stage: `npm run gallery -- welcome` draws it as public/welcome/<name>.mp4. */
export type Loop = {
  name: string
  prompt: string
  seed: number
  /** The look of its edit, where a wipe goes to and fro between the clip and that. */
  style?: string
}

export const LOOPS: readonly Loop[] = [
  { name: 'lake', prompt: 'A serene lake at sunset with mountains in the background', seed: 1, style: 'gouache' },
  { name: 'train', prompt: 'A steam train crossing a viaduct in the mountains', seed: 2 },
  { name: 'lighthouse', prompt: 'A lighthouse on a cliff, waves breaking below, dusk', seed: 3 },
  { name: 'reef', prompt: 'A coral reef full of fish, sunlight from above', seed: 1 },
  { name: 'city', prompt: 'A futuristic cityscape at night with neon lights', seed: 1 },
  { name: 'balloons', prompt: 'Hot air balloons over alpine mountains in spring, clear morning', seed: 2 },
]
