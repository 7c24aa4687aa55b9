import type { Readable } from 'node:stream'
import type { JsonFile } from '../read-json-file.ts'

/** A part of a blob, ends inclusive. */
export type Span = { start: number; end: number }

export type BlobFacts = { bytes: number; modified: Date }

/** A blob's bytes in an ordinary file of this machine, which stays there until it is released. It is only read. */
export type LocalCopy = { path: string; release: () => void }

export type PutOptions = {
  /** Leaves what is there under the key alone, also where another server puts it there at the same moment. */
  mustBeNew?: boolean
  /** Is on the disk, not only with the system, when it resolves: it outlives a power cut. */
  lasting?: boolean
}

/**
 * Where media and what is made of them are kept, under keys such as `media/<hash>.mp4` or `takes/2026-11-30/name.mp4`.
 * A blob is there as a whole or not at all. All reject with a RushesError that says what is wrong with the storage.
 */
export type BlobStore = {
  /** Whether other servers use it too, so that what nobody here knows of may be theirs. */
  readonly isShared: boolean
  /** Puts the bytes of a local file under a key. Answers false where they must be new and are not. The file may be gone then. */
  put: (key: string, path: string, options?: PutOptions) => Promise<boolean>
  /** Has the bytes of a file at its path again that was put under a key just now, for what was to follow has failed. */
  takeBack: (key: string, path: string) => Promise<void>
  putJson: (key: string, value: unknown) => Promise<void>
  readJson: (key: string) => Promise<JsonFile>
  has: (key: string) => Promise<boolean>
  /** Rejects with NOT_FOUND or UNREADABLE, in words that name it, where it is gone or is nothing that may be sent. */
  facts: (key: string, name?: string) => Promise<BlobFacts>
  /** Resolves when its bytes begin to come; should they break off, the stream fails. */
  open: (key: string, span: Span) => Promise<Readable>
  /** Rejects as `facts` does. */
  localCopy: (key: string, name?: string) => Promise<LocalCopy>
  /** Does nothing where there is none. */
  remove: (key: string) => Promise<void>
  /** The keys that begin so, in their order. */
  list: (prefix: string) => AsyncIterable<string>
}
