// npm run dev: the studio with hot reload and the server, reloaded when it changes, in one process on one port.
import { existsSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { join } from 'node:path'
import { ensureInstalled } from './install.mjs'
import { root } from './root.mjs'

ensureInstalled()
const { createServer } = await import('vite')
const { getRequestListener } = await import('@hono/node-server')

const http = createHttpServer()
const vite = await createServer({
  root,
  configFile: join(root, 'vite.config.ts'),
  appType: 'spa',
  server: { middlewareMode: true, hmr: { server: http } },
})

const isApi = (url = '') => /^\/(v1|api\/decart\/v1)(\/|$)|^\/openapi\.json$/.test(url.split('?')[0])

let services = null
let listener = null
let env = null
const load = async () => {
  const main = await vite.ssrLoadModule('/src/server/main.ts')
  env = main.readEnv(process.env, join(root, '.env'))
  services = await main.createServices(env, { studioRoot: null })
  listener = getRequestListener(services.app.fetch, { overrideGlobalObjects: false })
}
await load()

let reloading = Promise.resolve()
vite.watcher.on('change', (path) => {
  const ours = ['shared', 'server', 'engine'].some((folder) => path.startsWith(join(root, 'src', folder)))
  if (!ours || path.includes('.test.')) return
  reloading = reloading.then(async () => {
    console.log(`server reloads: ${path.slice(root.length + 1)}`)
    try {
      await services?.close()
      services = null
      vite.moduleGraph.invalidateAll()
      await load()
    } catch (error) {
      listener = null
      console.error(error)
    }
  })
})

http.on('request', (request, response) => {
  if (!isApi(request.url)) return vite.middlewares(request, response)
  void reloading.then(() => {
    if (listener) return listener(request, response)
    response.writeHead(503).end('The server does not load; see the terminal.')
    return undefined
  })
})
http.requestTimeout = 0
http.listen(env.port, env.host, () => console.log(`\n  Rushes (development): http://localhost:${env.port}\n`))

for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    void Promise.all([services?.close(), vite.close()]).then(() => process.exit(0))
  })

if (!existsSync(join(root, '.env'))) console.log('  No .env: local drafts only.')
