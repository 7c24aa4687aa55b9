import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DecartServer, startDecartServer } from '../src/server/testing/decart-server.ts'
import { end, launch, test } from './fixtures.ts'

export { expect, studioOf } from './fixtures.ts'

export const KEY = 'a-key-for-tests'

/** The product with a key, and the small Decart server that it orders from. */
export const cloudTest = test.extend<object, { cloud: DecartServer & { studioUrl: string } }>({
  cloud: [
    async ({ media }, use) => {
      const result = await readFile(media.clip)
      const cloud = await startDecartServer({ apiKey: KEY, result: () => result })
      const dataDir = await mkdtemp(join(tmpdir(), 'rushes-cloud-'))
      const { child, url } = await launch(dataDir, { DECART_API_KEY: KEY, DECART_BASE_URL: cloud.url })
      await use({ ...cloud, studioUrl: url })
      await end(child, 'SIGTERM')
      await cloud.close()
      await rm(dataDir, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ cloud }, use) => use(cloud.studioUrl),
})
