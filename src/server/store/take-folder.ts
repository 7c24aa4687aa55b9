import { lstatSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Job } from '../../shared/job.ts'
import { hasCode } from '../disk-errors.ts'
import type { Folders } from './folders.ts'
import { readJsonFile } from './read-json-file.ts'
import { isOdd, type Odd, readTaken, type Taken } from './take-store.ts'

/** The folder of takes as others may have changed it: read to find what the index does not know. */
export type TakeFolder = {
  path: (result: string) => string
  /** The paths of all that may be a finished job's JSON, of the newest day first, and what cannot be looked into. */
  list: () => Promise<{ paths: string[]; odd: Odd[] }>
  /** Reads what stands at such a path. */
  read: (path: string) => Taken | Odd
  /** The finished job whose result lies at that path inside the data folder; null where there is none. */
  find: (result: string) => Job | null
  /** The path inside the data folder of the result that such a path describes. */
  resultOf: (path: string) => string
}

/** Folders below `takes` that are looked into; a take lies in the first. */
const MAX_DEPTH = 3

export const createTakeFolder = (folders: Pick<Folders, 'root' | 'takes'>): TakeFolder => {
  const inFolder = (path: string): string => relative(folders.root, path).split(sep).join('/')
  const resultOf = (path: string): string => inFolder(path.slice(0, -'.json'.length))

  const read = (path: string): Taken | Odd => {
    const odd = (reason: string): Odd => ({ path: inFolder(path), reason })
    const taken = readTaken(readJsonFile(path), resultOf(path))
    if (isOdd(taken)) return odd(taken.reason)
    const facts = lstatSync(path.slice(0, -'.json'.length), { throwIfNoEntry: false })
    if (facts?.isFile()) return taken
    return odd(facts ? 'stands beside something that is no file' : 'stands there without its media')
  }

  const listIn = async (folder: string, depth: number): Promise<{ paths: string[]; odd: Odd[] }> => {
    const paths: string[] = []
    const odd: Odd[] = []
    const leave = (path: string, reason: string): void => void odd.push({ path: inFolder(path), reason })
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      // One that was removed meanwhile is missed by nobody.
      if (!hasCode(error, 'ENOENT')) leave(folder, 'may not be read: give this account the right to')
      return []
    })
    const names = new Set(entries.map(({ name }) => name))
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? 1 : -1))) {
      const path = join(folder, entry.name)
      if (entry.name.endsWith('.json')) paths.push(path)
      else if (entry.isDirectory()) {
        if (depth === MAX_DEPTH) continue
        const below = await listIn(path, depth + 1)
        paths.push(...below.paths)
        odd.push(...below.odd)
      } else if (entry.isFile() || names.has(`${entry.name}.json`)) continue
      // Links are not followed: they may lead out of the folder, or round in it.
      else leave(path, entry.isSymbolicLink() ? 'is a link: put what it leads to in its place' : 'is no ordinary file')
    }
    return { paths, odd }
  }

  return {
    path: (result) => join(folders.root, result),
    list: () => listIn(folders.takes, 0),
    read,
    find: (result) => {
      const taken = read(`${join(folders.root, result)}.json`)
      return isOdd(taken) ? null : taken.job
    },
    resultOf,
  }
}
