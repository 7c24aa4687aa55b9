// npm start: installs what is missing, builds what is stale, serves the studio and the API.
import { buildAndRun } from './build-and-run.mjs'

await buildAndRun('start')
