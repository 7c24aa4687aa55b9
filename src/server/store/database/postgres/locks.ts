import type { Pool } from 'pg'

/**
 * Takes a lock of that name, of which there is one on all servers of a database. Answers what gives it back. It holds a
 * connection of a pool for this alone: what is asked of the database meanwhile goes by others.
 */
export const takeLock = async (pool: Pool, name: string): Promise<() => Promise<void>> => {
  const client = await pool.connect()
  let broken: Error | undefined
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
  return async () => {
    // With its connection the lock is gone too.
    await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name]).catch(discard)
    release()
  }
}
