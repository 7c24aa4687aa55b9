import type { Pool } from 'pg'

/**
 * A lock that was taken. `lost` tells the error with which its connection broke while it was held: another may have it by
 * then.
 */
export type Lock = { lost: () => Error | undefined; giveBack: () => Promise<void> }

/**
 * Takes a lock of that name, of which there is one on all servers of a database. It holds a connection of a pool for this
 * alone: what is asked of the database meanwhile goes by others.
 */
export const takeLock = async (pool: Pool, name: string): Promise<Lock> => {
  const client = await pool.connect()
  let broken: Error | undefined
  let isOver = false
  const discard = (error: Error): void => void (broken ??= error)
  client.on('error', discard)
  const release = (): void => {
    client.off('error', discard)
    client.release(broken)
  }
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name])
  } catch (error) {
    discard(error instanceof Error ? error : new Error(String(error)))
    release()
    throw error
  }
  return {
    lost: () => (isOver ? undefined : broken),
    giveBack: async () => {
      isOver = true
      // With its connection the lock is gone too.
      await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name]).catch(discard)
      release()
    },
  }
}
