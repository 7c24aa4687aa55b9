// npm run bench: measures and prints tables. `npm run bench -- upload size` runs only those parts.
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled, run } from './install.mjs'
import { root } from './root.mjs'

ensureInstalled()
await ensureBuilt()
run(process.execPath, ['--import', 'tsx', join(root, 'scripts/bench/main.ts'), ...process.argv.slice(2)])
