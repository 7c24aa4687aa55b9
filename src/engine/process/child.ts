import './promise-with-resolvers.ts'
import { RushesError } from '../../shared/errors.ts'
import { type Report, type Request, requestSchema, type Result } from './messages.ts'

/**
 * The engine's child process. node-av crashes when Node tears it down, so this ends by process.exit() or by the
 * parent's SIGKILL, and never by running out of work. When the parent goes, it goes.
 */
const PULSE = 500
const PROGRESS_INTERVAL = 100

const send = (report: Report): void => {
  if (process.connected) process.send?.(report)
}

const progressOf = (id: number) => {
  let last = 0
  return (progress: number) => {
    const now = performance.now()
    if (now - last < PROGRESS_INTERVAL && progress < 1) return
    last = now
    send({ type: 'progress', id, progress: Math.min(1, Math.max(0, progress)) })
  }
}

/** Requests that came and were not answered yet. */
let open = 0

const perform = async (request: Request): Promise<Result> => {
  const begin = (): void => send({ type: 'begun', id: request.id })
  switch (request.kind) {
    case 'prepare': {
      const { prepare } = await import('../tasks/prepare.ts')
      begin()
      await prepare(() => open > 1)
      return { kind: 'prepared' }
    }
    case 'prepare-probe': {
      await import('../media/probe-file.ts')
      begin()
      return { kind: 'prepared' }
    }
    case 'render': {
      const { render } = await import('../tasks/render.ts')
      begin()
      const { moved, ...rendered } = await render(request.order, progressOf(request.id))
      if (!request.order.explain) return { kind: 'rendered', rendered }
      const { readingOf } = await import('../tasks/reading.ts')
      return { kind: 'rendered', rendered: { ...rendered, reading: readingOf(request.order, moved) } }
    }
    case 'probe': {
      const { probeFile } = await import('../media/probe-file.ts')
      begin()
      return { kind: 'probed', media: await probeFile(request.path) }
    }
    case 'thumbnail': {
      const { writeThumbnail } = await import('../media/thumbnail.ts')
      begin()
      await writeThumbnail(request.path, request.output)
      return { kind: 'written' }
    }
    case 'filmstrip': {
      const { writeFilmstrip } = await import('../media/filmstrip.ts')
      begin()
      await writeFilmstrip(request.path, request.output)
      return { kind: 'written' }
    }
    case 'preview': {
      const { writePreview } = await import('../media/preview.ts')
      begin()
      await writePreview(request.path, request.output, progressOf(request.id))
      return { kind: 'written' }
    }
    case 'proxy': {
      const { writeProxy } = await import('../media/proxy.ts')
      begin()
      await writeProxy(request.path, request.output, progressOf(request.id))
      return { kind: 'written' }
    }
  }
}

const answer = async (request: Request): Promise<void> => {
  try {
    send({ type: 'done', id: request.id, result: await perform(request) })
  } catch (error) {
    const { toFailure } = await import('./failure.ts')
    const known = toFailure(error)
    if (known instanceof RushesError) send({ type: 'failed', id: request.id, code: known.code, message: known.message })
    else send({ type: 'defect', id: request.id, stack: known })
  } finally {
    open--
  }
}

const leave = (): never => process.exit(0)
process.on('disconnect', leave)
setInterval(() => send({ type: 'pulse', rss: process.memoryUsage.rss() }), PULSE)
// A parent that went while this was loading said so before anybody listened.
if (!process.connected) leave()

let turn: Promise<void> = Promise.resolve()
process.on('message', (message) => {
  const request = requestSchema.parse(message)
  open++
  turn = turn.then(() => answer(request))
})
send({ type: 'ready' })
