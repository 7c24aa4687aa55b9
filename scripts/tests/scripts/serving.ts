import { expect } from 'vitest'
import { isFree, type NpmRun } from './npm-run.ts'

export type Serving = { run: NpmRun; url: string; port: number }

/** What a server runs with in tests: a free port, a data folder of its own, and no key. */
export const settings = (dataDir: string): Record<string, string> => ({
  PORT: '0',
  DATA_DIR: dataDir,
  DECART_API_KEY: '',
})

/** Waits until a run serves. */
export const serving = async (run: NpmRun): Promise<Serving> => {
  const [, url = ''] = await run.says(/Rushes is ready.*?: (http:\S+)/)
  return { run, url: url.replace('localhost', '127.0.0.1'), port: Number(new URL(url).port) }
}

/** Holds once nothing that a run started is left, and its port can be taken by another. */
export const isOver = async ({ run, port }: Serving): Promise<void> => {
  await run.gone()
  expect(await isFree(port)).toBe(true)
}

/** Draws a picture, so that the engine's children come to life. */
export const draw = async (url: string): Promise<void> => {
  const form = new FormData()
  form.set('prompt', 'a pond')
  form.set('resolution', '480p')
  const answer = await fetch(`${url}/v1/generate/lucy-pro-t2i`, { method: 'POST', body: form })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png'])
}
