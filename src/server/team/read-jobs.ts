import type { Index } from '../store/database/index-access.ts'
import { columnsOfRow, readStored, type StoredJob } from '../store/stored-job.ts'

/** The jobs of those ids, as far as they are there and can be read. */
export const readJobs = async (
  index: Pick<Index, 'run' | 'expressions'>,
  ids: readonly string[],
): Promise<StoredJob[]> => {
  const rows = await index.run((db) =>
    db.selectFrom('jobs').select(columnsOfRow(index.expressions)).where('id', 'in', ids).execute(),
  )
  return rows.flatMap((row) => readStored(row) ?? [])
}
