import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Renderer } from '../../shared/renderer.ts'
import { createLocalRenderer } from '../local-renderer.ts'
import { createSpare } from './warm-child.ts'
import { inspectClip } from '../testing/clips.ts'
import { openScratch } from '../testing/scratch.ts'
import { contextOf, taskOf } from '../testing/task.ts'

let scratch: Awaited<ReturnType<typeof openScratch>>
beforeAll(async () => {
  scratch = await openScratch()
})
afterAll(() => scratch.remove())

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** A renderer that notes its children, and ways to draw a clip and a picture with it. */
const open = () => {
  const children: number[] = []
  const renderer: Renderer = createLocalRenderer({
    version: '1',
    reads: [scratch.folder],
    onChild: (pid) => children.push(pid),
  })
  const render = async (model: string, name: string) => {
    const directory = scratch.at(name)
    await mkdir(directory, { recursive: true })
    const inputs = { prompt: 'a calm sea', resolution: '480p' }
    return renderer.render(taskOf({ model, inputs, seed: 4, directory }), contextOf())
  }
  const draw = async (name: string) => {
    const { path } = await render('lucy-pro-t2v', name)
    return (await inspectClip(path, [0, 60])).pixels
  }
  return { children, renderer, draw, picture: (name: string) => render('lucy-pro-t2i', name) }
}

describe('a child that waits for a render', () => {
  it('is used once, and draws what a fresh one draws', async () => {
    const { children, renderer, draw } = open()
    void renderer.prepare?.()
    await renderer.prepare?.()
    expect(children).toHaveLength(1)
    const early = await draw('early')
    expect(children).toHaveLength(1)
    expect(children.map(isRunning)).toEqual([false])
    const fresh = await draw('fresh')
    expect(children).toHaveLength(2)
    expect(Object.keys(fresh)).toEqual(['0', '60'])
    for (const index of [0, 60])
      expect(Buffer.compare(early[index] ?? new Uint8Array(), fresh[index] ?? new Uint8Array())).toBe(0)
    await renderer.close()
  })

  it('is replaced when it has died', async () => {
    const { children, renderer, picture } = open()
    await renderer.prepare?.()
    const [waiting = 0] = children
    process.kill(waiting, 'SIGKILL')
    await expect.poll(() => isRunning(waiting), { interval: 5 }).toBe(false)
    expect(await picture('replaced')).toMatchObject({ mime_type: 'image/png' })
    expect(children).toHaveLength(2)
    await renderer.close()
  })

  it('goes when nothing is asked for, and another comes', async () => {
    const children: number[] = []
    const spare = createSpare({ reads: [scratch.folder], onChild: (pid) => children.push(pid) }, 1)
    void spare.prepare()
    await expect.poll(() => children.map(isRunning), { interval: 5 }).toEqual([false])
    const taken = spare.take()
    expect(children).toHaveLength(2)
    taken.kill()
    await taken.ended
  })

  it('goes when the renderer is closed', async () => {
    const { children, renderer } = open()
    void renderer.prepare?.()
    await renderer.close()
    expect(children.map(isRunning)).toEqual([false])
  })
})
