// npm run dev: the studio with hot reload and the server, reloaded when it changes, in one process on one port.
import { ensureInstalled } from './install.mjs'
import { watchLauncher } from './launcher.mjs'

const launcher = watchLauncher('dev')
ensureInstalled()
const { tsImport } = await import('tsx/esm/api')
/** @type {typeof import('./dev/main.ts')} */
const { dev } = await tsImport('./dev/main.ts', import.meta.url)
await dev(launcher)
