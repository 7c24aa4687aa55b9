import { readEnv, start, startWorker } from '../main.ts'
import type { TeamTimes } from '../team/open-team.ts'
import { skewClock } from './skew-clock.ts'

/** A server or a worker in a process of its own, for tests that kill it. Says its address on standard output. */
const { TEST_TEAM_TIMES: times = '{}', TEST_CLOCK_MS: skew } = process.env
if (skew !== undefined) skewClock(Number(skew))
const teamTimes: Partial<TeamTimes> = JSON.parse(times)
const options = { studioRoot: null, pollMs: 100, teamTimes }
const env = readEnv(process.env)
if (env.role === 'worker') {
  const worker = await startWorker(env, options)
  process.once('SIGTERM', () => void worker.close().then(() => process.exit(0)))
  process.stdout.write('ready worker\n')
} else {
  const server = await start(env, options)
  process.once('SIGTERM', () => void server.close().then(() => process.exit(0)))
  process.stdout.write(`ready ${server.url.replace('localhost', '127.0.0.1')}\n`)
}
