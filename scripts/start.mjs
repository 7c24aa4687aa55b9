// npm start: installs what is missing, builds what is stale, serves the studio and the API.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { root } from './root.mjs'

ensureInstalled()
await ensureBuilt()

const { readEnv, start } = await import(pathToFileURL(join(root, 'dist/server/main.js')).href)

try {
  const env = readEnv(process.env, join(root, '.env'))
  const server = await start(env, { studioRoot: join(root, 'dist/web') })
  console.log(
    `\n  Rushes is ready: ${server.url}\n  ${env.decart.apiKey ? 'Decart is connected.' : 'Local drafts; set DECART_API_KEY in .env for Decart.'}\n`,
  )
  if (!['127.0.0.1', '::1', 'localhost'].includes(env.host))
    console.warn(`  ${env.host} may be reached by others. Rushes has no accounts: they can use it as you can.\n`)
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => {
      if (stopping) process.exit(1)
      stopping = true
      void server.close().then(() => process.exit(0))
    })
} catch (error) {
  console.error(`\n  ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
