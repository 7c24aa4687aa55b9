import Database from 'libsql'
import type { Folders } from './folders.ts'
import { hasCode, obstacleAt } from '../disk-errors.ts'

/** Takes the lock of a file, or throws; the kernel takes it back when the process ends, however it ends. */
const hold = (path: string, kind: 'alone' | 'shared'): Database.Database => {
  const database = new Database(path, { timeout: 1000 })
  try {
    // An empty database that nothing is ever written to: its lock alone is wanted. (No prepared statements, which would
    // keep it open after its closing.)
    database.exec('pragma journal_mode = off')
    database.exec(kind === 'alone' ? 'begin exclusive' : 'begin')
    // The first that is read takes the lock that others may share.
    if (kind === 'shared') database.exec('pragma schema_version')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

const isHeld = (error: unknown): boolean => hasCode(error, 'SQLITE_BUSY', 'SQLITE_LOCKED')

/**
 * Takes a data folder for this process alone: two servers on one folder would both run, and pay for, every job. The lock
 * is one of the kernel's, on a file inside of the folder, so that it is the same whatever the processes call the folder
 * or their temporary folder, and ends with its process. On a volume that several machines share it holds where that
 * volume's file system hands locks on (NFS 4 does, many SMB mounts do not).
 *
 * Processes whose jobs are in a database of their own share a folder: `shared` keeps out only one that wants it alone.
 *
 * Throws a plain sentence where another process has it. Answers the function that gives it back.
 */
export const lockFolder = (
  folders: Pick<Folders, 'root' | 'lock'>,
  kind: 'alone' | 'shared' = 'alone',
): (() => void) => {
  try {
    const held = hold(folders.lock, kind)
    return () => {
      held.exec('rollback')
      held.close()
    }
  } catch (error) {
    if (isHeld(error))
      throw new Error(`Another Rushes is using ${folders.root}. Stop it, or set DATA_DIR to another folder.`, {
        cause: error,
      })
    if (hasCode(error, 'SQLITE_NOTADB', 'SQLITE_CORRUPT'))
      throw new Error(`${folders.lock} is not the lock file of Rushes. Move it away, then start again.`, {
        cause: error,
      })
    const words = error instanceof Error ? error.message : String(error)
    throw new Error(
      `${folders.lock} ${obstacleAt(folders.lock) ?? `cannot be locked (${words}). Check the disk and the rights of the folder, or set DATA_DIR to another.`}`,
      { cause: error },
    )
  }
}
