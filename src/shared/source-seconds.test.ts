import { describe, expect, it } from 'vitest'
import { maxSourceSeconds } from './source-seconds.ts'

const edit = (id: string) => ({ id, task: 'video-edit' as const })

describe('how much of a clip is edited', () => {
  it.each([
    [edit('lucy-clip'), { renderer: 'local', engine: null }, 30],
    [edit('lucy-clip'), { renderer: 'decart', engine: null }, 5],
    [edit('lucy-2.5'), { renderer: 'decart', engine: null }, null],
    [edit('lucy-2.5'), { renderer: 'comfyui', engine: 'Bernini-R lightx2v' }, 81 / 16],
    [edit('lucy-2.5'), { renderer: 'comfyui', engine: 'Lucy Edit Dev' }, 121 / 24],
    [edit('lucy-2.5'), { renderer: 'comfyui', engine: null }, null],
    [edit('lucy-2.5'), { renderer: 'fal', engine: 'Lucy Edit Pro' }, null],
    [{ id: 'workflow-mine', task: 'custom' as const }, { renderer: 'comfyui', engine: 'Bernini-R' }, null],
    [{ id: 'lucy-pro-i2v', task: 'image-to-video' as const }, { renderer: 'local', engine: null }, null],
  ] as const)('%#', (model, maker, seconds) => expect(maxSourceSeconds(model, maker)).toBe(seconds))
})
