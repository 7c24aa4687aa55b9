import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { z } from 'zod'

const noteSchema = z.object({ pid: z.number(), started: z.string() })

const readNote = (path: string): z.infer<typeof noteSchema> | undefined => {
  try {
    return noteSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data
  } catch {
    return undefined
  }
}

/**
 * Leaves a note in the data folder for as long as this process runs. One that lies there already is of a process that
 * could not say why it ended: it was killed, it crashed, or the machine stopped; the log then says so. Call it once the
 * folder is this process's alone. A folder that cannot be written to goes without a note.
 */
export const noteRun = (dataDir: string, logger: Logger): void => {
  const path = join(dataDir, 'rushes.running')
  const last = readNote(path)
  if (last)
    logger.warn(last, 'The last run did not say why it ended: it was killed, it crashed, or the machine stopped')
  try {
    writeFileSync(path, JSON.stringify({ pid: process.pid, started: new Date().toISOString() }))
  } catch (error) {
    logger.debug({ err: error }, 'No note of this run could be left')
    return
  }
  process.on('exit', () => rmSync(path, { force: true }))
}
