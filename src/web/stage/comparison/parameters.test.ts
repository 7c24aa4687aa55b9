import { describe, expect, it } from 'vitest'
import type { JobInputs } from '../../../shared/job.ts'
import { takeOfJob } from '../../data/take.ts'
import { completedJob, sampleFile } from '../../testing/samples.ts'
import { filesBehind, parameterRows, type Subject } from './parameters.ts'

const take = (model: string, inputs: JobInputs, change = {}): Subject => ({
  kind: 'take',
  take: takeOfJob({ ...completedJob('a', 1), model, inputs, ...change }),
})
const clip = sampleFile('video', 'clip.mp4')
const still = sampleFile('image', 'still.png')
const names = { [clip.id]: 'clip.mp4', [still.id]: 'still.png' }
const rowsOf = (...subjects: Subject[]) =>
  Object.fromEntries(parameterRows(subjects, names).map((row) => [row.title, row]))

describe('parameters side by side', () => {
  const first = take('lucy-dev-v2v', { prompt: 'Snow', data: clip.id, resolution: '720p' })
  const second = take(
    'lucy-2.5',
    { prompt: 'Snow and ice', data: clip.id, reference_image: still.id, enhance_prompt: false },
    { renderer: 'decart', seed: 9 },
  )

  it('say what each was made with, and mark where they differ', () => {
    const rows = rowsOf(first, second)
    expect(rows['Model']).toMatchObject({ cells: ['Lucy Dev: video edit', 'Lucy 2.5'], differs: true })
    expect(rows['Made by']).toMatchObject({ cells: ['Local draft', 'Decart'], differs: true })
    expect(rows['Prompt']).toMatchObject({ cells: ['Snow', 'Snow and ice'], differs: true, prose: true })
    expect(rows['Seed']).toMatchObject({ cells: ['7', '9'], differs: true })
    expect(rows['Video']).toMatchObject({ cells: ['clip.mp4', 'clip.mp4'], differs: false })
    expect(rows['Reference image']).toMatchObject({ cells: [null, 'still.png'], differs: true })
    expect(rows['Size']).toMatchObject({ cells: ['1280 × 720', '1280 × 720'], differs: false })
  })

  it('take a setting that was left alone for what it comes to', () => {
    const rows = rowsOf(first, second)
    expect(rows['Resolution']).toMatchObject({ cells: ['720p', '720p'], differs: false })
    expect(rows['Enhance prompt']).toMatchObject({ cells: ['On', 'Off'], differs: true })
    // What one of the models does not know it has not.
    expect(rows['Self anchor']).toMatchObject({ cells: [null, 'On'], differs: true })
  })

  it('tell a path in words', () => {
    const along = (x: number) =>
      take('lucy-motion', { trajectory: `[{"frame":0,"x":0.2,"y":0.5},{"frame":100,"x":${x},"y":0.5}]` })
    expect(rowsOf(along(0.8), along(0))['Path']).toMatchObject({
      cells: ['2 points, right, 0 to 4 s', '2 points, left, 0 to 4 s'],
      differs: true,
    })
  })

  it('begin with model, maker, prompt, seed and resolution', () => {
    const titles = parameterRows([first, second], names).map(({ title }) => title)
    expect(titles.slice(0, 5)).toEqual(['Model', 'Made by', 'Prompt', 'Seed', 'Resolution'])
    expect(titles.slice(-4)).toEqual(['Size', 'Frame rate', 'Duration', 'File size'])
  })

  it('know only facts of files, which do not make the takes differ', () => {
    const rows = rowsOf(first, { kind: 'file', file: clip }, take('lucy-dev-v2v', { prompt: 'Snow', data: clip.id }))
    expect(rows['Prompt']).toMatchObject({ cells: ['Snow', null, 'Snow'], differs: false })
    expect(rows['Frame rate']).toMatchObject({ cells: ['25 fps', '32 fps', '25 fps'], differs: true })
    expect(rows['File']?.cells).toEqual([null, 'clip.mp4', null])
  })

  it('of two files of this machine are their facts alone', () => {
    const local = (name: string, facts: { width: number; height: number } | null): Subject => ({
      kind: 'local',
      file: new File(['12345'], name),
      facts: facts && { ...facts, fps: null, duration: null },
    })
    expect(parameterRows([local('a.png', { width: 640, height: 360 }), local('b.png', null)], {})).toEqual([
      { title: 'File', cells: ['a.png', 'b.png'], differs: true, prose: false },
      { title: 'Size', cells: ['640 × 360', null], differs: true, prose: false },
      { title: 'File size', cells: ['5 B', '5 B'], differs: false, prose: false },
    ])
  })

  it('names the files behind them once', () => {
    expect(filesBehind([first, second])).toEqual([clip.id, still.id])
  })
})
