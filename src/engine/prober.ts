import { resolve } from 'node:path'
import { rm } from 'node:fs/promises'
import type { MediaInfo } from '../shared/media.ts'
import { RushesError } from '../shared/errors.ts'
import { forkChild } from './child-entry.ts'
import { type Guarded, guardChild, type Limits } from './guarded-child.ts'
import type { Result } from './messages.ts'

export type Prober = {
  /** What a media file is, judged by its content and by decoding of it. Rejects with a RushesError. */
  probe: (path: string) => Promise<MediaInfo>
  /** Writes a WebP still, its long side at most 480 pixels, of a picture or of a clip's first frame. */
  thumbnail: (path: string, output: string) => Promise<void>
  /** Writes an MP4 that browsers play, its long side at most 1280 pixels. */
  preview: (path: string, output: string) => Promise<void>
  close: () => Promise<void>
}

const SHORT: Limits = { memory: 1.5 * 1024 ** 3, time: 15_000, stall: 15_000 }
const LONG: Limits = { ...SHORT, time: 60_000, stall: 60_000 }
const IDLE = 30_000

/** A file that the child fails on, dies of, or takes too long over. */
const unreadable = (cause: RushesError): RushesError =>
  new RushesError(
    'UNSUPPORTED_MEDIA',
    'This file cannot be read: it is damaged or of an unusual kind. Export it again as MP4, JPEG or PNG.',
    { cause },
  )

type Asked = Parameters<Guarded['ask']>[0]

/**
 * Looks into media files in one reused child, one file after the other. The child is started when it is needed, again
 * after it died, and ends when nothing was asked for half a minute; idle, it does not keep the process alive.
 * `onChild` is told of each child by its process id.
 */
export const createProber = (options: { onChild?: (pid: number) => void } = {}): Prober => {
  let child: Guarded | undefined
  let idle: NodeJS.Timeout | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let closed = false

  const release = (): void => {
    child?.kill()
    child = undefined
  }
  const start = (): Guarded => {
    const started = guardChild(forkChild())
    if (started.pid !== undefined) options.onChild?.(started.pid)
    return started
  }
  const askOnce = async (to: Guarded, asked: Asked, limits: Limits): Promise<Result> => {
    to.hold()
    try {
      return await to.ask(asked, limits)
    } finally {
      to.letGo()
    }
  }
  const one = async (asked: Asked, limits: Limits): Promise<Result> => {
    if (closed) throw new RushesError('CANCELLED', 'Rushes is closing.')
    clearTimeout(idle)
    const used = child?.isAlive() ? child : undefined
    child = used ?? start()
    try {
      return await askOnce(child, asked, limits).catch((error: unknown) => {
        // What an earlier file did to the child is not this one's fault.
        if (!used || used.isAlive() || closed) throw error
        child = start()
        return askOnce(child, asked, limits)
      })
    } catch (error) {
      throw error instanceof RushesError && error.code === 'PROCESSING_ERROR' ? unreadable(error) : error
    } finally {
      idle = setTimeout(release, IDLE).unref()
    }
  }
  const ask = (asked: Asked, limits: Limits): Promise<Result> => {
    const answer = turn.then(() => one(asked, limits))
    turn = answer.catch(() => undefined)
    return answer
  }
  const write = async (asked: Extract<Asked, { output: string }>, limits: Limits): Promise<void> => {
    try {
      await ask(asked, limits)
    } catch (error) {
      await rm(asked.output, { force: true })
      throw error
    }
  }

  return {
    probe: async (path) => {
      const result = await ask({ kind: 'probe', path: resolve(path) }, SHORT)
      if (result.kind !== 'probed') throw new Error(`the engine answered ${result.kind} to a probe`)
      return result.media
    },
    thumbnail: (path, output) => write({ kind: 'thumbnail', path: resolve(path), output: resolve(output) }, SHORT),
    preview: (path, output) => write({ kind: 'preview', path: resolve(path), output: resolve(output) }, LONG),
    close: async () => {
      closed = true
      clearTimeout(idle)
      const last = child
      last?.hold()
      release()
      await last?.ended
    },
  }
}
