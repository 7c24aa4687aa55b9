import { createLocalRenderer } from '../local-renderer.ts'
import { createProber } from '../prober.ts'
import { contextOf, taskOf } from './task.ts'

/** A little server for the test of orphans: tells its parent the process id of the child that it started. */
const [what, path = '', directory = ''] = process.argv.slice(2)
let child = 0
const reads = [directory]
const tell = (): void => {
  process.send?.(child)
  // The channel to the test would keep this process alive by itself.
  process.disconnect()
}
const prober = createProber({ reads, onChild: (pid) => (child = pid) })
const media = await prober.probe(path)
if (what === 'probe') tell()
else if (what === 'prepare') {
  await createLocalRenderer({ version: '0', reads, onChild: (pid) => (child = pid) }).prepare?.()
  tell()
} else {
  const renderer = createLocalRenderer({ version: '0', reads, onChild: (pid) => (child = pid) })
  let told = false
  const onProgress = (progress: number | null): void => {
    if (!progress || told) return
    told = true
    process.send?.(child)
  }
  const task = taskOf({ model: 'lucy-pro-v2v', inputs: { prompt: 'oil' }, files: { data: { path, media } }, directory })
  await renderer.render(task, contextOf({ onProgress }))
}
