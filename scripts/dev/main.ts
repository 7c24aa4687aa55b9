import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, relative } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import type { Logger } from 'pino'
import { createServer, createServerModuleRunner } from 'vite'
import { type Env, readEnv } from '../../src/server/env.ts'
import { type Access, refusalOf } from '../../src/server/http/access.ts'
import { createSocketServer } from '../../src/server/http/sockets.ts'
import { type Endings, type Launcher, watchEndings } from '../../src/server/process/endings.ts'
import { createLog } from '../../src/server/process/log.ts'
import type * as main from '../../src/server/main.ts'
import config from '../../vite.config.ts'
import { root } from '../root.mjs'
import { createReloading } from './reloading.ts'

type Main = typeof main

/** What the API answers; everything else is the studio's, which Vite serves. */
const isApi = (url: string): boolean =>
  /^\/+(v1|api\/decart\/v1)(\/|$)|^\/(openapi\.json|metrics)$/.test(url.split('?')[0] ?? '')

const ENV_FILE = join(root, '.env')

/** Whether the server is to be made anew when that file changes; the engine's children run its code, too. */
const isOfServer = (path: string): boolean =>
  path === ENV_FILE ||
  /^src[\\/](shared|server|engine)[\\/](?!.*(\.test\.ts$|[\\/]testing[\\/]))/.test(relative(root, path))

/** The names that the settings give to the server. */
const namesOf = ({ host, hosts, publicUrl }: Access): string[] => [
  host,
  ...hosts,
  ...(publicUrl === null ? [] : [new URL(publicUrl).hostname]),
]

/** Why a page may not be loaded, by the same rules as for the API; null where it may. */
const refusalOfPage = (request: IncomingMessage, access: Access): string | null => {
  const headers = Object.entries(request.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  )
  return refusalOf(new Headers(headers), request.headers.host ?? '', access)?.message ?? null
}

/** Without files of its own to watch, for which Vite would start itself anew in the middle of our loads. */
const startVite = (http: Server, env: Env) =>
  createServer({
    ...config,
    root,
    configFile: false,
    envDir: false,
    appType: 'spa',
    // Not every page that lies somewhere below.
    optimizeDeps: { entries: ['index.html'] },
    server: {
      middlewareMode: true,
      hmr: { server: http },
      // For its own socket; loopback names and addresses it knows by itself.
      allowedHosts: namesOf(env.access),
      cors: false,
      watch: { ignored: [`${env.dataDir}/**`, ...['dist', 'gallery', '.cache'].map((name) => join(root, name, '**'))] },
    },
  })

type Vite = Awaited<ReturnType<typeof startVite>>

/**
 * The server's modules as their files are now. Vite drops what changed by itself, but perhaps only after this was told of
 * the change.
 */
const loadMain = async (vite: Vite): Promise<Main> => {
  const { ssr } = vite.environments
  ssr.moduleGraph.invalidateAll()
  return createServerModuleRunner(ssr, { hmr: false }).import<Main>('/src/server/main.ts')
}

const loadServices = async (vite: Vite, logger: Logger) => {
  const { createServices, explainListen } = await loadMain(vite)
  const services = await createServices(readEnv(process.env, ENV_FILE), { studioRoot: null, logger })
  await services.ready.catch(async (error: unknown) => {
    await services.close()
    throw error
  })
  const websocket = { server: createSocketServer() }
  // It listens to nothing itself: requests are handed on to it.
  const api = createAdaptorServer({ fetch: services.app.fetch, overrideGlobalObjects: false, websocket })
  return { close: services.close, firstLink: services.firstLink, api, explainListen }
}

const listen = (http: Server, { host, port }: Env): Promise<number> =>
  new Promise((resolve, reject) => {
    http.once('error', reject)
    http.listen(port, host, () => resolve((http.address() as AddressInfo).port))
  })

const sayBroken = (response: ServerResponse): void => {
  const detail = 'The server does not load; the terminal of npm run dev says why.'
  response.writeHead(503, { 'content-type': 'application/json' }).end(JSON.stringify({ detail, code: 'INTERNAL' }))
}

const serve = async (logger: Logger, { closeWith }: Endings): Promise<void> => {
  const env = readEnv(process.env, ENV_FILE)
  const http = createHttpServer()
  // An upload takes longer than Node's five minutes.
  http.requestTimeout = 0
  const vite = await startVite(http, env)
  const server = await createReloading(
    () => loadServices(vite, logger),
    (error) => console.error(error instanceof Error ? error.stack : error),
  )
  vite.watcher.on('all', (_, path) => {
    const name = relative(root, path)
    if (name === 'vite.config.ts') console.log(`  ${name} changed: start npm run dev again for it.`)
    if (!isOfServer(path)) return
    console.log(`  The server reloads: ${name} changed`)
    server.reload()
  })
  closeWith(async () => {
    http.close()
    await Promise.all([server.close(), vite.close()])
    http.closeAllConnections()
  })
  http.on('request', (request, response) => {
    if (!isApi(request.url ?? '')) {
      const refusal = refusalOfPage(request, env.access)
      if (refusal === null) vite.middlewares(request, response)
      else response.writeHead(403).end(refusal)
      return
    }
    void server.current().then((services) => {
      if (services) services.api.emit('request', request, response)
      else sayBroken(response)
    })
  })
  // Vite takes its own and leaves others alone.
  http.on('upgrade', (request, socket, head) => {
    if (!isApi(request.url ?? '')) return
    void server.current().then((services) => {
      if (services) services.api.emit('upgrade', request, socket, head)
      else socket.destroy()
    })
  })
  const port = await listen(http, env).catch(async (error: unknown) => {
    const { explainListen } = (await server.current()) ?? {}
    await server.close()
    throw explainListen?.(error, env) ?? error
  })
  console.log(`\n  Rushes is ready (development): http://localhost:${port}\n`)
  const first = await (await server.current())?.firstLink()
  if (first) console.log(`  Nobody is an admin yet. Become it at http://localhost:${port}/sign-in#${first.secret}\n`)
}

/** Serves the studio and the API until the process ends. */
export const dev = async (launcher: Launcher): Promise<void> => {
  const logger = createLog()
  const endings = watchEndings(logger, launcher)
  try {
    await serve(logger, endings)
  } catch (error) {
    endings.cannotStart(error)
  }
}
