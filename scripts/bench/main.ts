import { cpus } from 'node:os'
import { benchCompare } from './compare.ts'
import { benchLibrary } from './library.ts'
import { benchOrders } from './orders.ts'
import { benchPostgres } from './postgres.ts'
import { benchRender } from './render.ts'
import { benchSize } from './size.ts'
import { benchStore } from './store.ts'
import { benchTeam } from './team.ts'
import { benchUpload } from './upload.ts'

const PARTS: Record<string, (quick: boolean) => void | Promise<void>> = {
  size: benchSize,
  upload: benchUpload,
  store: benchStore,
  postgres: benchPostgres,
  orders: benchOrders,
  render: benchRender,
  compare: benchCompare,
  library: benchLibrary,
  team: benchTeam,
}

const asked = process.argv.slice(2).filter((word) => word !== '--quick')
/** Measures so little that the figures say nothing, to see that it runs; `orders`, `library`, `postgres` and `team` can. */
const quick = process.argv.includes('--quick')
const unknown = asked.find((name) => !(name in PARTS))
if (unknown !== undefined) {
  console.error(`There is no part ${unknown}: ${Object.keys(PARTS).join(', ')}.`)
  process.exit(1)
}
console.log(`Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'})`)
for (const [name, part] of Object.entries(PARTS)) if (asked.length === 0 || asked.includes(name)) await part(quick)
