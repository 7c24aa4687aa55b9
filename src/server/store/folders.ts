import { randomUUID } from 'node:crypto'
import { constants, existsSync, mkdirSync } from 'node:fs'
import { access, copyFile, link, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { explainDiskError, hasCode } from '../disk-errors.ts'

/** The folders of a data directory. */
export type Folders = ReturnType<typeof nameFolders>

/** Not by `recursive`, which tries for ever in a file system that makes no folders (/proc). */
const makeParents = (folder: string): void => {
  if (existsSync(folder)) return
  if (dirname(folder) !== folder) makeParents(dirname(folder))
  try {
    mkdirSync(folder)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  }
}

const makeFolder = (folder: string): void => {
  try {
    makeParents(folder)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new Error(`The folder ${folder} cannot be made${code}. Set DATA_DIR to a folder that you may write to.`, {
      cause: error,
    })
  }
}

/**
 * Names the folders of a data directory, and makes none. Where several processes share it, each has a temporary folder of
 * its own, by its name.
 */
export const nameFolders = (root: string, processName: string | null = null) => ({
  root,
  lock: join(root, 'rushes.lock'),
  index: join(root, 'rushes.db'),
  // There while the queue is held.
  paused: join(root, 'rushes.paused'),
  settings: join(root, 'renderers.json'),
  served: join(root, 'decart.json'),
  workflows: join(root, 'workflows'),
  reserve: join(root, 'rushes.reserve'),
  media: join(root, 'media'),
  takes: join(root, 'takes'),
  thumbnails: join(root, 'thumbnails'),
  previews: join(root, 'previews'),
  sprites: join(root, 'sprites'),
  proxies: join(root, 'proxies'),
  // Of a name that is nobody else's: what a start finds in it, it removes.
  temporary: join(root, 'rushes-tmp', ...(processName === null ? [] : [`rushes-${processName}`])),
  // What has come of uploads that go on after a restart.
  uploads: join(root, 'rushes-uploads'),
})

/** Makes the folders of a data directory and names them. Throws where they cannot be made. */
export const createFolders = (root: string, processName: string | null = null): Folders => {
  const folders = nameFolders(root, processName)
  const { media, takes, thumbnails, previews, sprites, proxies, temporary, uploads } = folders
  for (const folder of [media, takes, thumbnails, previews, sprites, proxies, temporary, uploads]) makeFolder(folder)
  return folders
}

/** Rejects with a plain sentence where a folder that must be written to cannot be. */
export const requireWritable = async (folders: Folders): Promise<void> => {
  for (const folder of [folders.root, folders.media, folders.takes, folders.temporary])
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK).catch((cause: unknown) => {
      throw new Error(
        `The folder ${folder} cannot be written to. Give this account the right to, or set DATA_DIR to another folder.`,
        { cause },
      )
    })
}

/** How all that Rushes puts into its temporary folder is named. */
const OWN = /^rushes-[0-9A-Za-z_.-]+$/

/** Removes what a stopped server left half-made: what bears a name of ours in the folder of ours, and nothing else. */
export const emptyTemporary = async ({ temporary }: Folders): Promise<void> => {
  for (const name of (await readdir(temporary)).filter((each) => OWN.test(each)))
    await rm(join(temporary, name), { recursive: true, force: true })
}

/** A temporary folder of a process that has not touched it for so long is nobody's any more. */
const ABANDONED_MS = 24 * 60 * 60 * 1000

/** Removes the temporary folders that processes which share the data folder left there when they were killed. */
export const removeAbandoned = async ({ temporary }: Folders): Promise<void> => {
  const shared = dirname(temporary)
  for (const name of (await readdir(shared)).filter((each) => OWN.test(each))) {
    const path = join(shared, name)
    const facts = await stat(path).catch(() => null)
    if (path === temporary || facts === null || Date.now() - facts.mtimeMs < ABANDONED_MS) continue
    await rm(path, { recursive: true, force: true })
  }
}

/** The name of a new file in the temporary folder, which is made where somebody has removed it. */
export const temporaryPath = async ({ temporary }: Folders, extension = ''): Promise<string> => {
  await mkdir(temporary, { recursive: true }).catch((error: unknown) => {
    throw explainDiskError(error)
  })
  return join(temporary, `rushes-${randomUUID()}${extension}`)
}

/** A new folder for one job's work. */
export const temporaryFolder = async (folders: Folders, jobId: string): Promise<string> => {
  const folder = join(folders.temporary, `rushes-${jobId}`)
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw explainDiskError(error)
  })
  return folder
}

/** Has a file's bytes on disk when it resolves. */
export const syncFile = async (path: string): Promise<void> => {
  // Windows syncs only what is open for writing.
  const handle = await open(path, 'r+')
  await handle.sync().finally(() => handle.close())
}

/** Moves a whole file to its final name, onto another disk too where a folder of the data directory lies on one. */
export const adoptFile = async (from: string, to: string): Promise<void> => {
  try {
    await mkdir(dirname(to), { recursive: true })
    await rename(from, to).catch(async (error: unknown) => {
      if (!hasCode(error, 'EXDEV')) throw error
      const beside = join(dirname(to), `.${basename(to)}.rushes-part`)
      try {
        await copyFile(from, beside)
        await syncFile(beside)
        await rename(beside, to)
      } finally {
        await rm(beside, { force: true })
      }
      await rm(from, { force: true })
    })
  } catch (error) {
    throw explainDiskError(error)
  }
}

/** Gives a file's bytes a second name; where the file system has none for them, copies them. */
export const twinFile = async (from: string, to: string): Promise<void> => {
  try {
    await link(from, to).catch(() => copyFile(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL))
  } catch (error) {
    throw explainDiskError(error)
  }
}

/** Writes a JSON file elsewhere and moves it to its name when it is whole. */
export const writeJson = async (folders: Folders, path: string, value: unknown): Promise<void> => {
  const whole = await temporaryPath(folders, '.json')
  try {
    await writeFile(whole, `${JSON.stringify(value, null, 2)}\n`)
    await adoptFile(whole, path)
  } catch (error) {
    throw explainDiskError(error)
  } finally {
    await rm(whole, { force: true })
  }
}
