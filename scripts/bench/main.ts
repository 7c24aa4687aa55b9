import { cpus } from 'node:os'
import { benchCompare } from './compare.ts'
import { benchRender } from './render.ts'
import { benchSize } from './size.ts'
import { benchUpload } from './upload.ts'

const PARTS: Record<string, () => void | Promise<void>> = {
  size: benchSize,
  upload: benchUpload,
  render: benchRender,
  compare: benchCompare,
}

const asked = process.argv.slice(2)
const unknown = asked.find((name) => !(name in PARTS))
if (unknown !== undefined) {
  console.error(`There is no part ${unknown}: ${Object.keys(PARTS).join(', ')}.`)
  process.exit(1)
}
console.log(`Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'})`)
for (const [name, part] of Object.entries(PARTS)) if (asked.length === 0 || asked.includes(name)) await part()
