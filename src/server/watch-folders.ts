import { type FSWatcher, watch } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { Logger } from 'pino'

/** Folders below the first one that are watched. */
const MAX_DEPTH = 3

export type FoldersWatch = {
  /** Watches a folder and those in it. Rejects where the system cannot. */
  start: (folder: string) => Promise<void>
  close: () => void
}

/** Watches folders, and those that come into them. Names that begin with a dot are none of its business. */
export const watchFolders = (deps: {
  /** Told of files that came, changed or went. */
  onFile: (path: string) => void
  /** Told of a folder that is gone with all that was in it. */
  onLost: (folder: string) => void
  logger: Pick<Logger, 'warn'>
}): FoldersWatch => {
  const { onFile, onLost, logger } = deps
  const watchers = new Map<string, FSWatcher>()
  let closed = false

  const stopWatching = (folder: string): void => {
    for (const [path, watcher] of watchers)
      if (path === folder || path.startsWith(folder + sep)) {
        watcher.close()
        watchers.delete(path)
      }
  }

  /** `isNew`: what lies in it has just come. */
  const follow = async (folder: string, depth: number, isNew: boolean): Promise<void> => {
    if (closed || watchers.has(folder)) return
    const watcher = watch(folder, { persistent: false }, (_, name) => {
      if (name !== null && !name.startsWith('.')) void happened(join(folder, name), depth + 1)
    })
    // The folder is gone: whoever holds it tells.
    watcher.on('error', () => stopWatching(folder))
    watchers.set(folder, watcher)
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue
      const path = join(folder, entry.name)
      if (entry.isDirectory() && depth < MAX_DEPTH) await follow(path, depth + 1, isNew)
      else if (isNew && entry.isFile()) onFile(path)
    }
  }

  const happened = async (path: string, depth: number): Promise<void> => {
    const facts = await stat(path).catch(() => null)
    if (facts?.isDirectory()) {
      if (depth <= MAX_DEPTH)
        await follow(path, depth, true).catch((error: unknown) =>
          logger.warn({ err: error, path }, 'a folder of takes cannot be watched'),
        )
      return
    }
    if (facts !== null || !watchers.has(path)) return onFile(path)
    stopWatching(path)
    onLost(path)
  }

  return {
    start: (folder) => follow(folder, 0, false),
    close: () => {
      closed = true
      for (const watcher of watchers.values()) watcher.close()
      watchers.clear()
    },
  }
}
