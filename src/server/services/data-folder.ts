import type { Logger } from 'pino'
import { createFolders, emptyTemporary, type Folders, removeAbandoned, requireWritable } from '../store/folders.ts'
import { lockFolder } from '../store/lock.ts'
import { unsureFileSystem } from '../store/network-file-system.ts'

export type DataFolder = {
  folders: Folders
  /** Lets other processes have it. */
  unlock: () => void
  /** What something resolves with that is opened in it; it is unlocked where that fails. */
  orUnlock: <T>(opening: Promise<T>) => Promise<T>
}

/**
 * Takes the data folder for this process: alone, or by its name among others. Rejects with a plain sentence where it cannot
 * be written to, or is another's.
 */
export const openDataFolder = async (root: string, name: string | null, logger: Logger): Promise<DataFolder> => {
  const folders = createFolders(root, name)
  await requireWritable(folders)
  const unlock = lockFolder(folders, name === null ? 'alone' : 'shared')
  const shared = unsureFileSystem(folders.root)
  if (shared !== null && name === null)
    logger.warn(
      { folder: folders.root, fileSystem: shared },
      'the locks of this file system may not reach other machines: let no other one run Rushes on this folder',
    )
  // Whatever lies there belongs to a server that was stopped half-way; its jobs begin again.
  await (name === null ? emptyTemporary : removeAbandoned)(folders)
  const orUnlock = async <T>(opening: Promise<T>): Promise<T> => {
    try {
      return await opening
    } catch (error) {
      unlock()
      throw error
    }
  }
  return { folders, unlock, orUnlock }
}
