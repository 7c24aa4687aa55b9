import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { securityHeaders } from '../../../server/http/guard.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.mp4': 'video/mp4',
  '.mov': 'video/quicktime',
  '.webm': 'video/webm',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.gif': 'image/gif',
}

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const here = 'src/web/compare/testing'

/** Under this folder the same page counts what it opens and closes, see counting.js. */
const COUNTING = '/counting'

/** Builds the harness' pages into a folder. */
export const buildPages = async (outDir: string): Promise<void> => {
  await build({
    root,
    // The studio's own puts all that pages begin with into one file: here each page begins with its own.
    configFile: false,
    plugins: [react(), tailwindcss()],
    logLevel: 'warn',
    base: './',
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: {
        input: ['harness.html', 'export-page.html', 'similarity-page.html', 'module-page.html'].map((page) =>
          join(root, here, page),
        ),
      },
    },
  })
}

const sendFile = async (response: ServerResponse, path: string, range: string | undefined): Promise<void> => {
  const { size } = await stat(path)
  const [, from = '', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? []
  const start = from === '' ? 0 : Number(from)
  const end = to === '' ? size - 1 : Math.min(size - 1, Number(to))
  response.writeHead(from === '' ? 200 : 206, {
    'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    'content-length': end - start + 1,
    'accept-ranges': 'bytes',
    ...(from === '' ? {} : { 'content-range': `bytes ${start}-${end}/${size}` }),
  })
  await pipeline(createReadStream(path, { start, end }), response)
}

/**
 * Serves the harness' pages on loopback, with the studio's own headers and the files of `media` beside them: those that
 * {@link buildPages} made in `pages`, or else it makes them. `url` is the page, `counting` the same with counters; `close`
 * removes what was built here.
 */
export const serveHarness = async (
  media: string,
  pages?: string,
): Promise<{ url: string; counting: string; close: () => Promise<void> }> => {
  const built = pages ?? (await mkdtemp(join(tmpdir(), 'rushes-harness-')))
  if (pages === undefined) await buildPages(built)
  const counters = await readFile(join(root, here, 'counting.js'), 'utf8')

  const answer = async (url: string, range: string | undefined, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
    const asked = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname))
    const isCounting = asked.startsWith(`${COUNTING}/`)
    const path = isCounting ? asked.slice(COUNTING.length) : asked
    if (path.startsWith('/media/')) return sendFile(response, join(media, path.slice('/media/'.length)), range)
    if (!isCounting || extname(path) !== '.js') return sendFile(response, join(built, path), undefined)
    response.writeHead(200, { 'content-type': TYPES['.js'] })
    response.end(`${counters};\n${await readFile(join(built, path), 'utf8')}`)
  }
  const server = createServer((request, response) => {
    answer(request.url ?? '/', request.headers.range, response).catch(() => {
      if (!response.headersSent) response.writeHead(404)
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const page = `${here}/harness.html`
  return {
    url: `http://127.0.0.1:${port}/${page}`,
    counting: `http://127.0.0.1:${port}${COUNTING}/${page}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      if (pages === undefined) await rm(built, { recursive: true, force: true })
    },
  }
}
