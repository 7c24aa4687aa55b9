import type { Index } from '../store/database/index-access.ts'
import type { FileStore } from '../store/file-store.ts'
import { hashOf, type StoredFile } from '../store/stored-file.ts'
import { eachAtOnce } from './at-once.ts'
import { type Copier, NotCopied, type Outcome } from './copy-blob.ts'
import type { Report } from './report.ts'
import type { UploadRow } from './source.ts'

/** Files that are on their way at once: small ones wait for answers, large ones fill the line alone. */
export const AT_ONCE = 4

type Deps = {
  copier: Copier
  /** What the target's database knows; null where that is nothing. */
  index: Index | null
  /** Puts rows in; null where the index stays where it is. */
  restore: FileStore['restore'] | null
  /** Of bytes that come in while they are removed elsewhere, one waits for the other. */
  exclusively: Index['exclusively']
  report: Report
  signal: AbortSignal
}

const knownIn = async (index: Index | null, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  if (index === null) return new Set()
  const rows = await index.run((db) => db.selectFrom('files').select('id').where('id', 'in', ids).execute())
  return new Set(rows.map(({ id }) => id))
}

type Group = [StoredFile, ...StoredFile[]]

/** Uploads that share their bytes, together. */
const byBytes = (files: readonly StoredFile[]): Group[] => {
  const groups = new Map<string, Group>()
  for (const file of files) {
    const group = groups.get(file.stored_as)
    if (group) group.push(file)
    else groups.set(file.stored_as, [file])
  }
  return [...groups.values()]
}

/** Copies uploads: the bytes, which are compared; the descriptions; and only then the rows. */
export const copyUploads = async (pages: AsyncIterable<UploadRow[]>, deps: Deps): Promise<void> => {
  const { copier, index, restore, exclusively, report, signal } = deps

  const copyOne = async (file: StoredFile, sent: Outcome): Promise<Outcome> => {
    const described = await copier.description(`media/${file.id}.json`, file)
    await restore?.([file])
    return restore || described === 'copied' ? 'copied' : sent
  }
  const copyGroup = async (group: Group, known: ReadonlySet<string>): Promise<Outcome[]> => {
    const [{ stored_as, size_bytes: bytes }] = group
    const path = `media/${stored_as}`
    const isCompared = group.some(({ id }) => known.has(id))
    const sent = await copier.file({ path, key: path, bytes, hash: hashOf({ stored_as }), isCompared })
    const outcomes: Outcome[] = []
    for (const file of group) outcomes.push(known.has(file.id) ? sent : await copyOne(file, sent))
    return outcomes
  }

  for await (const page of pages) {
    for (const row of page)
      if ('reason' in row) report.fail('uploads', `what the index has of ${row.id} cannot be read (${row.reason})`)
    const files = page.flatMap((row) => ('file' in row ? [row.file] : []))
    const known = await knownIn(
      index,
      files.map(({ id }) => id),
    )
    await eachAtOnce(byBytes(files), AT_ONCE, async (group) => {
      signal.throwIfAborted()
      try {
        const outcomes = await exclusively(`bytes ${hashOf(group[0])}`, () => copyGroup(group, known))
        for (const outcome of outcomes) report.add('uploads', outcome)
      } catch (error) {
        if (!(error instanceof NotCopied)) throw error
        for (const { id, filename } of group)
          report.fail('uploads', `${filename === null ? id : `${id} (${filename})`}: ${error.message}`)
      }
    })
  }
}
