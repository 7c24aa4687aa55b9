// Serves what `npm run build` has built, and installs and builds nothing: for containers and services.
import { existsSync } from 'node:fs'
import { built, runBuilt } from './run-built.mjs'

if (!existsSync(built)) {
  console.error('\n  Nothing is built yet: run `npm run build` first.\n')
  process.exit(1)
}
await runBuilt({ gone: null, isNohup: false })
