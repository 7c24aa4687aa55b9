// npm run counts: how large the sources are, the engine's rooms one by one.
import { join } from 'node:path'
import { ensureInstalled, run } from './install.mjs'
import { root } from './root.mjs'

ensureInstalled()
run(process.execPath, ['--import', 'tsx', join(root, 'scripts/counts/main.ts')])
