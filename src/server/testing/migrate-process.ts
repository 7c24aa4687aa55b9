import { migrate } from '../migrate/run.ts'

/** Carries a studio over in a process of its own, for tests that kill it. */
process.exitCode = await migrate({
  args: process.argv.slice(2),
  environment: process.env,
  envFile: '',
  say: (words) => process.stdout.write(`${words}\n`),
  signal: new AbortController().signal,
})
