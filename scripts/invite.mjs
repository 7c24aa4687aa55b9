// npm run invite -- --name Ada --role admin: a link by which Ada signs in, made on the machine that the studio runs on,
// whether it runs or not. Without --role a person who is known keeps theirs, and a new one is a member.
import { join } from 'node:path'
import { ensureInstalled, run } from './install.mjs'
import { root } from './root.mjs'

ensureInstalled()
run(process.execPath, ['--import', 'tsx', join(root, 'scripts/invite/main.ts'), ...process.argv.slice(2)])
