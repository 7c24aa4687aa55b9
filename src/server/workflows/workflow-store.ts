import { existsSync, readdirSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { explainDiskError, hasCode } from '../disk-errors.ts'
import { syncFile } from '../store/folders.ts'
import { readJsonFile } from '../store/read-json-file.ts'
import { createTurn } from '../store/turn.ts'
import { MAX_JSON_BYTES } from './read/parse-text.ts'
import { parseWorkflowFile, SLUG, slugOf, type StoredWorkflow, type WorkflowFile } from './workflow-file.ts'

/** A file in the folder that is no workflow, and why. It is left alone, and its name is never given to another. */
export type UnreadableWorkflow = { file: string; reason: string }

export type WorkflowStore = {
  /** All, by name. */
  list: () => readonly StoredWorkflow[]
  get: (slug: string) => StoredWorkflow | undefined
  unreadable: () => readonly UnreadableWorkflow[]
  /** Keeps a new one under a name of its own. Rejects with DISK_FULL or UNWRITABLE. */
  add: (workflow: WorkflowFile) => Promise<StoredWorkflow>
  /** Writes one anew; null where there is none of that name any more. */
  update: (slug: string, workflow: WorkflowFile) => Promise<StoredWorkflow | null>
  /** Forgets one; false where there is none. */
  remove: (slug: string) => Promise<boolean>
}

/** Graphs are written with spaces and what is known of them, which takes a few times their size. */
const MAX_FILE_BYTES = 4 * MAX_JSON_BYTES

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json') && !name.startsWith('.'))
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return []
    throw explainDiskError(error)
  }
}

/**
 * The workflows of a folder, one JSON file each, which are read when it is created and kept in memory. What is written is
 * whole on disk before it counts. Throws where the folder is there and cannot be read.
 */
export const createWorkflowStore = ({ folder }: { folder: string }): WorkflowStore => {
  const workflows = new Map<string, StoredWorkflow>()
  const unreadable: UnreadableWorkflow[] = []
  for (const name of namesIn(folder)) {
    const slug = name.slice(0, -'.json'.length)
    const read = readJsonFile(join(folder, name), MAX_FILE_BYTES)
    const parsed = read.ok ? parseWorkflowFile(read.value) : read
    if (!SLUG.test(slug)) unreadable.push({ file: name, reason: 'has a name that no workflow has' })
    else if ('file' in parsed) workflows.set(slug, { ...parsed.file, slug })
    else if ('reason' in parsed) unreadable.push({ file: name, reason: parsed.reason })
  }

  const pathOf = (slug: string): string => join(folder, `${slug}.json`)
  const write = async (slug: string, workflow: WorkflowFile): Promise<StoredWorkflow> => {
    const part = join(folder, `.${slug}.rushes-part`)
    try {
      await mkdir(folder, { recursive: true })
      await writeFile(part, `${JSON.stringify(workflow, null, 2)}\n`)
      await syncFile(part)
      await rename(part, pathOf(slug))
    } catch (error) {
      throw explainDiskError(error)
    } finally {
      await rm(part, { force: true }).catch(() => undefined)
    }
    const stored = { ...workflow, slug }
    workflows.set(slug, stored)
    return stored
  }
  const inTurn = createTurn()
  return {
    list: () => [...workflows.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
    get: (slug) => workflows.get(slug),
    unreadable: () => unreadable,
    add: (workflow) =>
      inTurn(() =>
        write(
          slugOf(workflow.name, (slug) => workflows.has(slug) || existsSync(pathOf(slug))),
          workflow,
        ),
      ),
    update: (slug, workflow) => inTurn(async () => (workflows.has(slug) ? write(slug, workflow) : null)),
    remove: (slug) =>
      inTurn(async () => {
        if (!workflows.has(slug)) return false
        await rm(pathOf(slug), { force: true }).catch((error: unknown) => {
          throw explainDiskError(error)
        })
        return workflows.delete(slug)
      }),
  }
}
