import { sql } from 'kysely'
import { z } from 'zod'
import type { RendererName } from '../../shared/job.ts'
import { createLine, type Line, type Waiting } from '../jobs/line.ts'
import { notWaiting } from '../jobs/queue.ts'
import { moveBefore } from '../jobs/ranks.ts'
import type { Index } from '../store/database/index-access.ts'
import type { IndexQueries } from '../store/database/tables.ts'
import { createWaitingStore } from '../store/waiting-store.ts'
import { within } from './fence.ts'

const rowsSchema = z.array(
  z.object({
    id: z.string(),
    renderer: z.string(),
    model: z.string(),
    rank: z.number(),
    moved: z.boolean(),
  }),
)

/** All that nobody holds, in lines by renderer, as an embedded queue has them. None of it is claimed until the transaction ends. */
const readLines = async (db: IndexQueries): Promise<Map<RendererName, { line: Line }>> => {
  const { rows } = await sql`
    select id, renderer, model, rank, moved from queue where owner is null order by rank, seq for update`.execute(db)
  const lanes = new Map<RendererName, { line: Line }>()
  for (const { renderer, ...waiting } of rowsSchema.parse(rows)) {
    const lane = lanes.get(renderer) ?? { line: createLine() }
    lanes.set(renderer, lane)
    lane.line.put(waiting)
  }
  return lanes
}

const placeOf = (lanes: ReadonlyMap<RendererName, { line: Line }>, id: string) => {
  for (const lane of lanes.values()) {
    const job = lane.line.get(id)
    if (job) return { lane, job }
  }
  return undefined
}

const requirePlace = async (
  db: IndexQueries,
  lanes: ReadonlyMap<RendererName, { line: Line }>,
  id: string,
  what: string,
): Promise<{ lane: { line: Line }; job: Waiting }> => {
  const place = placeOf(lanes, id)
  if (place) return place
  const row = await db.selectFrom('jobs').select('seq').where('id', '=', id).executeTakeFirst()
  throw notWaiting(id, row !== undefined, what)
}

/** Puts a job that waits before another that does, or last. One move at a time on all servers. Answers whose places changed. */
export const move = (index: Index, id: string, before: string | null, now: Date): Promise<string[]> =>
  index.transact(async (db) => {
    const lanes = await readLines(db)
    const { lane, job } = await requirePlace(db, lanes, id, 'This job')
    if (before === id) return []
    const other = before === null ? null : await requirePlace(db, lanes, before, 'The job that it was to stand before')
    const changed = moveBefore(lanes, lane, job, other?.job ?? null, now.getTime())
    await createWaitingStore(within(index, db)).rank(changed)
    return changed.map((each) => each.id)
  })

/** Puts a job before all that wait, inside of a transaction. */
export const putFirst = async (index: Index, db: IndexQueries, id: string): Promise<void> => {
  const { rows } = await sql`select coalesce(min(rank), extract(epoch from now()) * 1000) - 1000 as rank
    from queue where owner is null`.execute(db)
  const [row] = z.array(z.object({ rank: z.coerce.number() })).parse(rows)
  await createWaitingStore(within(index, db)).rank([{ id, rank: row?.rank ?? 0 }])
}
