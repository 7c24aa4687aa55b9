import { pino } from 'pino'
import { readEnv, start } from '../main.ts'
import { watchEndings } from '../process/endings.ts'

/** A server in a process of its own, for tests that kill or stop it. Says its address on standard output. */
const logger = pino()
const { TEST_DRAIN_MS: drainMs } = process.env
const server = await start(readEnv(process.env), {
  studioRoot: null,
  pollMs: 100,
  logger,
  ...(drainMs === undefined ? {} : { drainMs: Number(drainMs) }),
})
watchEndings(logger, { gone: null, isNohup: false }).closeWith(server.close)
process.stdout.write(`ready ${server.url.replace('localhost', '127.0.0.1')}\n`)
