import { expect, it } from 'vitest'
import { createReadiness } from './readiness.ts'

it('is ready where all is well', async () => {
  const ready = createReadiness({ index: () => null, files: () => Promise.resolve(null) })
  expect(await ready()).toEqual({
    ready: true,
    checks: [
      { name: 'index', ok: true, why: null },
      { name: 'files', ok: true, why: null },
    ],
  })
})

it('says of each check why not, also of one that breaks or never answers', async () => {
  const ready = createReadiness(
    {
      index: () => 'It is being made again.',
      files: () => Promise.reject(new Error('There is no room.')),
      other: () => new Promise<null>(() => undefined),
      stopping: () => null,
    },
    50,
  )
  expect(await ready()).toEqual({
    ready: false,
    checks: [
      { name: 'index', ok: false, why: 'It is being made again.' },
      { name: 'files', ok: false, why: 'There is no room.' },
      { name: 'other', ok: false, why: 'It did not answer within 0.05 seconds.' },
      { name: 'stopping', ok: true, why: null },
    ],
  })
})
