import { resolve } from 'node:path'
import { rm } from 'node:fs/promises'
import { availableParallelism, constants, setPriority } from 'node:os'
import type { MediaInfo } from '../shared/media.ts'
import { RushesError } from '../shared/errors.ts'
import { ChildFailed, type Limits } from './process/guarded-child.ts'
import { LOOKS } from './process/usage.ts'
import type { Request, Result } from './process/messages.ts'
import { createGate } from './process/gate.ts'
import { requireSource, requireWritable } from './media/file-access.ts'
import { type Children, createPool, type Pool } from './process/pool.ts'

export type Prober = {
  /**
   * Told that there is something to probe soon: has a child wait that has loaded its code, which takes longer than to
   * look. Told again, it waits on. Resolves when it has, and never rejects.
   */
  prepare: () => Promise<void>
  /** What a media file is, judged by its content and by decoding of it. Rejects with a RushesError. */
  probe: (path: string) => Promise<MediaInfo>
  /** Writes a WebP still, its long side at most 480 pixels, of a picture or of a clip's first frame. */
  thumbnail: (path: string, output: string) => Promise<void>
  /** Writes the moments of a clip side by side, as a WebP. */
  sprite: (path: string, output: string) => Promise<void>
  /** Writes an MP4 that browsers play, its long side at most 1280 pixels. */
  preview: (path: string, output: string) => Promise<void>
  /** Writes a clip's proxy, see media/proxy.ts, while nothing else wants the processors. */
  proxy: (path: string, output: string) => Promise<void>
  close: () => Promise<void>
}

/** Processors' time is another where others want them too; where the system does not tell it, the clock's has to do. */
const limitsOf = (work: number, time: number): Limits => ({
  memory: 1.5 * 1024 ** 3,
  work,
  time: LOOKS[process.platform] ? time : work,
  stall: time,
})

/** Looking into a file takes milliseconds; one that takes seconds was made to. */
const PROBE = limitsOf(5_000, 30_000)
const THUMBNAIL = limitsOf(15_000, 60_000)
/** All of a clip is decoded for it. */
const SPRITE = limitsOf(60_000, 120_000)
const PREVIEW = limitsOf(60_000, 60_000)
/** Of a clip of any length, with what is left of the processors. */
const PROXY = limitsOf(600_000, 1_800_000)

/** Children that look into files: at least three, so that two which take their time leave a way past them. */
const PROBERS = Math.min(6, Math.max(3, availableParallelism()))
/** Of these so many make stills at most, which may take longer. */
const STILLS = PROBERS - 1

const ADVICE = 'Export it again as MP4, JPEG or PNG.'

/** A file that the child fails on, dies of, or takes too long over. */
const unreadable = (error: ChildFailed, { work }: Limits): RushesError =>
  new RushesError(
    'UNSUPPORTED_MEDIA',
    error.why === 'time'
      ? `This file takes more than ${work / 1000} seconds to read: it is damaged or of an unusual kind. ${ADVICE}`
      : `This file cannot be read: it is damaged or of an unusual kind. ${ADVICE}`,
    { cause: error },
  )

type Question = Extract<Request, { path: string }>
type Asked = Question extends infer Q ? (Q extends Question ? Omit<Q, 'id'> : never) : never

/** Its child was ended with the server: that says nothing of the file. */
const stopped = (error: ChildFailed): RushesError =>
  new RushesError('UNAVAILABLE', 'The server was stopped before it had looked at the file. Send it again.', {
    cause: error,
    retryAfter: 5,
  })

const ask = async (pool: Pool, asked: Asked, limits: Limits, isClosed: () => boolean): Promise<Result> => {
  await requireSource(asked.path)
  try {
    return await pool.ask(asked, limits)
  } catch (error) {
    if (!(error instanceof ChildFailed)) throw error
    if (isClosed()) throw stopped(error)
    // What went missing meanwhile says more than what came of it.
    await requireSource(asked.path)
    if ('output' in asked) await requireWritable(asked.output)
    throw unreadable(error, limits)
  }
}

const write = async (
  pool: Pool,
  asked: Extract<Asked, { output: string }>,
  limits: Limits,
  isClosed: () => boolean,
): Promise<void> => {
  try {
    await ask(pool, asked, limits, isClosed)
  } catch (error) {
    await rm(asked.output, { force: true }).catch(() => undefined)
    throw error
  }
}

/** Children that give way to all others. */
const inBackground = ({ onChild, ...children }: Children): Children => ({
  ...children,
  onChild: (pid) => {
    try {
      setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
    } catch {
      // It has ended already, or the system knows no priorities: then it goes on as it is.
    }
    onChild?.(pid)
  },
})

/**
 * Looks into media files in a few children, so that none waits long for another; a preview or a proxy takes a minute
 * perhaps and is made in a child of its own.
 */
export const createProber = (children: Children): Prober => {
  const probers = createPool(PROBERS, children)
  const previewers = createPool(1, children)
  const proxyMakers = createPool(1, inBackground(children))
  const stills = createGate(STILLS)
  let preparing: Promise<void> | undefined
  let closed = false
  const isClosed = (): boolean => closed
  const prepare = async (): Promise<void> => {
    try {
      await probers.ask({ kind: 'prepare-probe' }, PROBE)
    } catch {
      // Whoever probes next is told.
    } finally {
      preparing = undefined
    }
  }
  return {
    prepare: () => (preparing ??= prepare()),
    probe: async (path) => {
      const result = await ask(probers, { kind: 'probe', path: resolve(path) }, PROBE, isClosed)
      if (result.kind !== 'probed') throw new Error(`the engine answered ${result.kind} to a probe`)
      return result.media
    },
    thumbnail: (path, output) =>
      stills(() =>
        write(probers, { kind: 'thumbnail', path: resolve(path), output: resolve(output) }, THUMBNAIL, isClosed),
      ),
    sprite: (path, output) =>
      stills(() =>
        write(probers, { kind: 'filmstrip', path: resolve(path), output: resolve(output) }, SPRITE, isClosed),
      ),
    preview: (path, output) =>
      write(previewers, { kind: 'preview', path: resolve(path), output: resolve(output) }, PREVIEW, isClosed),
    proxy: (path, output) =>
      write(proxyMakers, { kind: 'proxy', path: resolve(path), output: resolve(output) }, PROXY, isClosed),
    close: async () => {
      closed = true
      await Promise.all([probers.close(), previewers.close(), proxyMakers.close()])
    },
  }
}
