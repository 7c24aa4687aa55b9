// npm run gallery: renders contact sheets of everything for a person to look at.
// `npm run gallery -- styles clip.mp4 --out folder`: only that part, on that clip or picture, into that folder.
// `npm run gallery -- readme`: the sheet in docs.
import { join } from 'node:path'
import { ensureInstalled, run } from './install.mjs'
import { root } from './root.mjs'

ensureInstalled()
run(process.execPath, ['--import', 'tsx', join(root, 'scripts/gallery/main.ts'), ...process.argv.slice(2)])
