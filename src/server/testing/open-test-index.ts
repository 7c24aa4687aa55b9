import { pino } from 'pino'
import { connectHere } from '../store/database/connection.ts'
import { type EmbeddedIndex, openIndex } from '../store/database/open-index.ts'

/** An index in this process: what is asked of it is the same, and it is there at once. */
export const openTestIndex = async ({ index: path }: { index: string }): Promise<EmbeddedIndex> => {
  const logger = pino({ level: 'silent' })
  const index = openIndex({ path, connect: connectHere, logger, onReplaced: () => undefined })
  await index.found
  return index
}
