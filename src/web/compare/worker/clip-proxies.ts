import type { ProxyFiller } from './fill-proxies.ts'
import type { OneFrame } from './one-frame.ts'
import type { ProxyFrames } from './proxy-frames.ts'

/** Small pictures that stand in for a clip's frames until those are decoded. */
export type ClipProxies = {
  has: (index: number) => boolean
  /** The picture, to be closed by the caller. */
  get: (index: number) => VideoFrame | undefined
  /** Asks for one; what comes of it is told by `arrived` of the proxy file. */
  want: (index: number) => void
  /** Whether that one is under way: it is there sooner where nothing else is decoded meanwhile. */
  isComing: (index: number) => boolean
  /** A frame that was decoded anyway, which stays the caller's. */
  put: (index: number, frame: VideoFrame) => void
  /** What makes those that are missing; null where nothing more is to be made. */
  filler: () => ProxyFiller | null
  close: () => Promise<void>
}

/** Copies that this page makes itself, and what makes them. */
export type OwnCopies = { frames: ProxyFrames; filler: ProxyFiller }

/**
 * Proxies from the file that the server made, where `openFile` resolves with one; until that is known there are none, and
 * where there is none the page makes copies of its own. `known` is called when that is known.
 */
export const createClipProxies = (
  openFile: ((signal: AbortSignal) => Promise<OneFrame | null>) | null,
  makeCopies: () => OwnCopies,
  known: () => void,
): ClipProxies => {
  let source: { kind: 'asking' } | { kind: 'file'; file: OneFrame } | ({ kind: 'copies' } & OwnCopies)
  const closing = new AbortController()
  const takeCopies = () => {
    source = { kind: 'copies', ...makeCopies() }
  }
  const settle = async (asked: Promise<OneFrame | null>): Promise<void> => {
    // A proxy that cannot be fetched or read is none.
    const found = await asked.catch(() => null)
    if (closing.signal.aborted) return found?.close()
    if (found) source = { kind: 'file', file: found }
    else takeCopies()
    known()
  }
  source = { kind: 'asking' }
  let asking: Promise<void> | undefined
  if (openFile) asking = settle(openFile(closing.signal))
  else takeCopies()

  return {
    has: (index) =>
      source.kind === 'file' ? source.file.has(index) : source.kind === 'copies' && source.frames.has(index),
    get: (index) => {
      if (source.kind === 'asking') return undefined
      return source.kind === 'file' ? source.file.get(index) : source.frames.get(index)
    },
    want: (index) => {
      if (source.kind === 'file') source.file.want(index)
    },
    isComing: (index) => source.kind === 'file' && source.file.isComing(index),
    put: (index, frame) => {
      if (source.kind === 'copies') void source.frames.put(index, frame)
    },
    filler: () => (source.kind === 'copies' && !source.filler.isDone() ? source.filler : null),
    close: async () => {
      closing.abort()
      await asking
      if (source.kind === 'file') await source.file.close()
      if (source.kind === 'copies') await source.filler.close()
    },
  }
}
