import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { takeOfJob } from '../data/take.ts'
import { completedJob, sampleFile } from '../testing/samples.ts'
import { useUploads } from '../data/uploads.ts'
import { takeToInput, vary } from './go-on.ts'
import { useStudio } from './studio.ts'
import { undoForm, useUndo } from './undo.ts'

beforeEach(() => useStudio.setState(useStudio.getInitialState(), true))
afterEach(() => vi.unstubAllGlobals())

const clip = sampleFile('video', 'winner.mp4')

it('a winner becomes an input without its bytes being sent, for a model that takes it', async () => {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (path: string, { method, body }: RequestInit) => {
    asked.push(`${method} ${path} ${typeof body}`)
    return Response.json(clip)
  })
  await takeToInput(takeOfJob(completedJob('a', 1)))
  expect(asked).toEqual(['POST /v1/jobs/a/file undefined'])
  const { modelId, draft } = useStudio.getState()
  expect(draft['data:video']).toEqual(clip)
  expect(modelId).not.toBe(useStudio.getInitialState().modelId)
})

it('its prompt makes room for what is to change, and comes back with Undo; another one stays', async () => {
  vi.stubGlobal('fetch', async () => Response.json(clip))
  const take = takeOfJob({ ...completedJob('a', 1), inputs: { prompt: 'A barn' } })
  const { setValue } = useStudio.getState()
  setValue('prompt', 'A barn')
  await takeToInput(take)
  expect(useStudio.getState().draft).not.toHaveProperty('prompt')
  expect(useUndo.getState().said).toMatch(/^A barn goes to Lucy .* Write what is to change in it\.$/)
  undoForm()
  expect(useStudio.getState().draft['prompt']).toBe('A barn')
  setValue('prompt', 'in winter')
  await takeToInput(take)
  expect(useStudio.getState().draft['prompt']).toBe('in winter')
})

it('what cannot become an input is said where it would stand', async () => {
  vi.stubGlobal('fetch', async () => Response.json({ detail: 'Its file is gone.' }, { status: 410 }))
  await takeToInput(takeOfJob(completedJob('a', 1)))
  expect(useStudio.getState().draft).toEqual({})
  expect(JSON.stringify(useUploads.getState().bySlot['data:video'])).toMatch(/Its file is gone/)
})

it('varying fills the form with all but the seed, also where that was given', async () => {
  useStudio.getState().setValue('seed', '7')
  const job = { ...completedJob('a', 1), inputs: { prompt: 'A barn', seed: 41 }, seed: 41 }
  await vary(takeOfJob(job), new QueryClient())
  expect(useStudio.getState()).toMatchObject({ modelId: job.model, tab: 'make', draft: { prompt: 'A barn' } })
  expect(useStudio.getState().draft).not.toHaveProperty('seed')
})
