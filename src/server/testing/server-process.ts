import { pino } from 'pino'
import { readEnv, start, startWorker } from '../main.ts'
import { watchEndings } from '../process/endings.ts'
import type { TeamTimes } from '../team/open-team.ts'
import { skewClock } from './skew-clock.ts'

/** A server or a worker in a process of its own, for tests that kill or stop it. Says its address on standard output. */
const { TEST_DRAIN_MS: drainMs, TEST_TEAM_TIMES: times = '{}', TEST_CLOCK_MS: skew } = process.env
if (skew !== undefined) skewClock(Number(skew))
const logger = pino()
const teamTimes: Partial<TeamTimes> = JSON.parse(times)
const options = {
  studioRoot: null,
  pollMs: 100,
  logger,
  teamTimes,
  ...(drainMs === undefined ? {} : { drainMs: Number(drainMs) }),
}
const env = readEnv(process.env)
/** Only once it has started: what keeps it from that is told by Node. */
const closeWith = (close: () => Promise<void>): void =>
  watchEndings(logger, { gone: null, isNohup: false }).closeWith(close)
const addressOf = (url: string): string => url.replace('localhost', '127.0.0.1')
if (env.role === 'worker') {
  const worker = await startWorker(env, options)
  closeWith(worker.close)
  process.stdout.write(`ready ${addressOf(worker.url ?? 'worker')}\n`)
} else {
  const server = await start(env, options)
  closeWith(server.close)
  process.stdout.write(`ready ${addressOf(server.url)}\n`)
}
