import { setFlagsFromString } from 'node:v8'
import type { Env } from './env.ts'
import { isLoopback } from './http/access.ts'
import { readEnv, start, startWorker } from './main.ts'
import { type Launcher, watchEndings } from './process/endings.ts'
import { createLog } from './process/log.ts'
import { noteRun } from './process/note-run.ts'

export type RunOptions = { envFile: string; studioRoot: string | null; launcher: Launcher }

const takesWords = ({ takesOf }: Pick<Env, 'takesOf'>): string =>
  takesOf === null ? 'It takes jobs of all renderers that are set up.' : `It takes jobs of ${[...takesOf].join(', ')}.`

/** The server as a process of its own: says on the terminal where it is, and in the log why it ends. */
export const run = async ({ envFile, studioRoot, launcher }: RunOptions): Promise<void> => {
  // The buffers of an upload count as memory outside the heap, which has V8 mark it over and over on threads of their own;
  // on two cores those take the processor from the upload (0.46 to 0.84 of a bare server's speed, 0.79 to 0.94 without).
  setFlagsFromString('--no-concurrent-marking')
  // A warning of Node's own goes there, also where whoever read it is gone; the log looks after itself.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  const logger = createLog()
  const endings = watchEndings(logger, launcher)
  try {
    const env = readEnv(process.env, envFile)
    if (env.role === 'worker') {
      const worker = await startWorker(env, { studioRoot, logger })
      endings.closeWith(worker.close)
      const told = worker.url === null ? '' : `  It tells how it does at ${worker.url}.\n`
      process.stdout.write(`\n  A worker of Rushes is ready. ${takesWords(env)}\n${told}\n`)
      return
    }
    const server = await start(env, { studioRoot, logger })
    endings.closeWith(server.close)
    // The note is about the one process that a folder has.
    if (env.databaseUrl === null) noteRun(env.dataDir, logger)
    const decart = env.variable('DECART_API_KEY')
      ? 'Decart is connected.'
      : 'Local drafts; set DECART_API_KEY in .env for Decart.'
    process.stdout.write(`\n  Rushes is ready: ${server.url}\n  ${decart}\n\n`)
    if (server.firstLink !== null)
      process.stdout.write(
        `  Nobody is an admin of this studio yet. Become it, within a day, at\n  ${server.firstLink}\n\n`,
      )
    const isEncrypted = env.access.publicUrl?.startsWith('https:') ?? false
    if (!isLoopback(env.host) && !isEncrypted)
      process.stderr.write(
        `  ${env.host} may be reached by others, and what they send is not encrypted. Put a proxy with https in front, and set\n  PUBLIC_URL to its address.\n\n`,
      )
  } catch (error) {
    endings.cannotStart(error)
  }
}
