import { readEnv, start } from '../main.ts'

/** A server in a process of its own, for tests that kill it. Says its address on standard output. */
const server = await start(readEnv(process.env), { studioRoot: null, pollMs: 100 })
process.stdout.write(`ready ${server.url.replace('localhost', '127.0.0.1')}\n`)
