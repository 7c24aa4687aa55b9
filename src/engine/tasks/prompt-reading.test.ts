import { expect, it } from 'vitest'
import { readPrompt } from './prompt-reading.ts'

const marked = async (prompt: string, task: Parameters<typeof readPrompt>[0] = 'text-to-video'): Promise<string[]> =>
  (await readPrompt(task, prompt, false)).known.map(([from, to]) => prompt.slice(from, to))

it('tells the words that make a difference from those that make none', async () => {
  expect(await marked('A quiet lake in heavy rain at dawn, painted by nobody')).toEqual(
    expect.arrayContaining(['lake', 'rain', 'dawn']),
  )
  expect(await marked('A quiet lake in heavy rain at dawn, painted by nobody')).not.toContain('nobody')
  expect(await marked('Make it a watercolour', 'video-edit')).toEqual(['watercolour'])
})

it('knows both of two words that say the same', async () => {
  expect(await marked('a snowy winter forest with snow')).toEqual(['snowy', 'winter', 'forest', 'snow'])
})

it('reads as the render does', async () => {
  expect((await readPrompt('image-edit', 'oil painting', true)).reading).toContainEqual({
    part: 'Palette',
    value: 'of the reference image',
  })
  expect((await readPrompt('text-to-image', '', false)).known).toEqual([])
})

it('takes a long prompt in its stride', async () => {
  const { known } = await readPrompt('text-to-video', 'a lake '.repeat(60), false)
  expect(known.length).toBeLessThanOrEqual(60)
})
