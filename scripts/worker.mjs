// npm run worker: installs what is missing, builds what is stale, and renders what servers on the same DATABASE_URL ask for.
import { buildAndRun } from './build-and-run.mjs'

process.env['ROLE'] = 'worker'
await buildAndRun('worker')
