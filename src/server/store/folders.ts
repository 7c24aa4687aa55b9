import { mkdirSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { RushesError } from '../../shared/errors.ts'

/** The folders of a data directory. */
export type Folders = ReturnType<typeof createFolders>

const makeFolder = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new Error(`The folder ${folder} cannot be made${code}. Set DATA_DIR to a folder that you may write to.`, {
      cause: error,
    })
  }
}

/** Makes the folders of a data directory and names them. Throws where they cannot be made. */
export const createFolders = (root: string) => {
  const folders = {
    root,
    index: join(root, 'rushes.db'),
    media: join(root, 'media'),
    takes: join(root, 'takes'),
    thumbnails: join(root, 'thumbnails'),
    previews: join(root, 'previews'),
    temporary: join(root, 'tmp'),
  }
  for (const folder of [folders.media, folders.takes, folders.thumbnails, folders.previews, folders.temporary])
    makeFolder(folder)
  return folders
}

/** Removes all that lies in the temporary folder. */
export const emptyTemporary = async ({ temporary }: Folders): Promise<void> => {
  await rm(temporary, { recursive: true, force: true })
  makeFolder(temporary)
}

/** A name for a new file in the temporary folder. */
export const temporaryPath = (folders: Folders): string => join(folders.temporary, randomUUID())

/** The system's two words for it, and the database's. */
const FULL: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL']

const isDiskFull = (error: unknown): boolean => error instanceof Error && 'code' in error && FULL.includes(error.code)

/** Says a full disk in words; any other error stays what it is. */
export const explainDiskError = (error: unknown): unknown =>
  isDiskFull(error)
    ? new RushesError('DISK_FULL', 'The disk is full. Free some space in the data folder, then try again.', {
        cause: error,
      })
    : error

/** Has a file's bytes on disk when it resolves. */
export const syncFile = async (path: string): Promise<void> => {
  // Windows syncs only what is open for writing.
  const handle = await open(path, 'r+')
  await handle.sync().finally(() => handle.close())
}

/** Moves a whole file to its final name. */
export const adoptFile = async (from: string, to: string): Promise<void> => {
  await mkdir(dirname(to), { recursive: true })
  await rename(from, to)
}

/** What a JSON file says; undefined where it is cut short or no JSON. */
export const readJson = async (path: string): Promise<unknown> => {
  const text = await readFile(path, 'utf8')
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Writes a JSON file beside its name and renames it when whole. */
export const writeJson = async (path: string, value: unknown): Promise<void> => {
  const beside = `${path}.${randomUUID()}.part`
  try {
    await writeFile(beside, `${JSON.stringify(value, null, 2)}\n`)
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw explainDiskError(error)
  }
}
