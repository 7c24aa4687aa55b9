import { existsSync, readdirSync, renameSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ConnectionLost } from './connection.ts'
import { DatabaseError } from './protocol.ts'

/** Whether SQLite says that the file is no database, or not a whole one. */
export const isDamage = (error: unknown): boolean =>
  error instanceof DatabaseError &&
  (/^SQLITE_(NOTADB|CORRUPT)/.test(error.code) || /malformed|not a database/.test(error.message))

/** Signals by which a process ends that stumbled over what it read, as against one that somebody ended. */
const CRASHES: readonly (NodeJS.Signals | null)[] = ['SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP']

export const isCrash = (error: unknown): boolean => error instanceof ConnectionLost && CRASHES.includes(error.signal)

/** Whether the disk has no room for what the database must write. */
export const isFull = (error: unknown): boolean =>
  error instanceof DatabaseError &&
  /^SQLITE_(FULL|IOERR_WRITE|IOERR_FSYNC|IOERR_SHMSIZE|IOERR_TRUNCATE)/.test(error.code)

/** A database, and what SQLite writes beside it. */
const PARTS = ['', '-wal', '-shm']

const renameParts = (from: string, to: string): void => {
  for (const part of PARTS) if (existsSync(from + part)) renameSync(from + part, to + part)
}

/** Renames a damaged index, with what was written last beside it. Answers its new path. Nothing of it is removed. */
export const putAside = (path: string, now: Date): string => {
  const aside = `${path}.damaged-${now.toISOString().replace(/[:.]/g, '-')}`
  renameParts(path, aside)
  return aside
}

/** Goes on with a renaming that was killed half-way: SQLite would remove what is left beside an index that is gone. */
export const finishPutAside = (path: string): void => {
  const [newest] = listDamaged(path)
  if (newest !== undefined && !existsSync(path)) renameParts(path, newest)
}

/** Damaged indexes that were put aside and from which not all has been saved yet; the newest first. */
export const listDamaged = (path: string): string[] => {
  const name = `${basename(path)}.damaged-`
  return readdirSync(dirname(path))
    .filter((each) => each.startsWith(name) && !/(\.salvaged|-wal|-shm)$/.test(each))
    .toSorted()
    .toReversed()
    .map((each) => join(dirname(path), each))
}

/** Notes, in its name, that nothing more is to be had from a damaged index. Answers its new path. */
export const markSalvaged = (aside: string): string => {
  const salvaged = `${aside}.salvaged`
  renameParts(aside, salvaged)
  return salvaged
}
