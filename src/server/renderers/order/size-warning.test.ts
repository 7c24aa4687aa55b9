import { describe, expect, it } from 'vitest'
import { PLAIN } from '../../../shared/media.ts'
import { findModel } from '../../../shared/models/index.ts'
import type { InputFile, RenderTask } from '../../../shared/renderer.ts'
import { orderTask } from '../../testing/order-context.ts'
import { sizeWarning } from './size-warning.ts'

const asked = (name: string, inputs: Record<string, string>, source?: { width: number; height: number }) => {
  const task = orderTask()
  const model = findModel(name) ?? task.model
  const still = {
    kind: 'image',
    mime_type: 'image/png',
    duration: null,
    fps: null,
    codec: 'png',
    has_audio: false,
  } as const
  const file = (size: { width: number; height: number }): InputFile => ({
    id: 'file_1',
    path: '/nowhere',
    filename: 'a.png',
    media: { ...still, ...PLAIN, ...size },
  })
  const files: RenderTask['files'] = source ? { data: file(source) } : {}
  return { model, job: { ...task.job, inputs }, files }
}

describe('a result', () => {
  it.each([
    ['of about the size', { width: 1280, height: 704 }],
    ['of the very size', { width: 1280, height: 720 }],
  ])('%s is nothing to talk about', (_, made) => {
    expect(sizeWarning(asked('lucy-pro-t2v', { resolution: '720p' }), made, [])).toBeNull()
  })

  it.each([
    [{ resolution: '720p' }, { width: 832, height: 480 }, '720p was asked for (1280x720); what came is 832x480.'],
    [
      { resolution: '480p', orientation: 'portrait' },
      { width: 832, height: 480 },
      '480p was asked for (480x832); what came is 832x480.',
    ],
  ])('of another is (%o)', (inputs, made, words) => {
    expect(sizeWarning(asked('lucy-pro-t2v', inputs), made, [])).toBe(words)
  })

  it('of an edit is held against the shape of its source', () => {
    const square = asked('lucy-pro-i2i', { resolution: '720p' }, { width: 500, height: 500 })
    expect(sizeWarning(square, { width: 960, height: 960 }, [])).toBeNull()
    expect(sizeWarning(square, { width: 1280, height: 720 }, [])).toContain('what came is 1280x720')
  })

  it('is not said twice, nor where nobody asked or the source is not at hand', () => {
    const small = { width: 64, height: 36 }
    expect(sizeWarning(asked('lucy-pro-t2v', { resolution: '1080p' }), small, ['1080p comes as 720p.'])).toBeNull()
    expect(sizeWarning(asked('lucy-pro-t2v', {}), small, [])).toBeNull()
    expect(sizeWarning(asked('lucy-pro-i2i', { resolution: '720p' }), small, [])).toBeNull()
  })
})
