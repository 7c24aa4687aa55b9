// npm run pictures: paints everything that the engine can paint, small, and keeps a hash of each in
// src/engine/golden/pictures.txt, which a change of code that is not meant to be seen leaves as it is.
// `npm run pictures -- --check` keeps nothing and names the cases that came out otherwise.
// `npm run pictures -- --check sea,forest`: only cases with one of these words in their name.
import { join } from 'node:path'
import { ensureInstalled, run } from './install.mjs'
import { root } from './root.mjs'

ensureInstalled()
run(process.execPath, ['--import', 'tsx', join(root, 'scripts/pictures/main.ts'), ...process.argv.slice(2)])
