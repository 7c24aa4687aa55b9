import { createLog } from '../log.ts'
import { watchEndings } from '../endings.ts'
import { noteRun } from '../note-run.ts'

/** A process that ends in the way that its first argument says, for tests of what its log then tells. */
const ways: Record<string, () => void> = {
  signal: () => endings.closeWith(async () => log.info('closed')),
  'signal while closing hangs': () => endings.closeWith(() => new Promise(() => {})),
  'signal while closing fails': () => endings.closeWith(() => Promise.reject(new TypeError('stuck'))),
  'an error': () => {
    throw new TypeError('a defect')
  },
  'a rejection': () => void Promise.reject(new TypeError('a defect')),
  'an exit': () => process.exit(3),
  'a sentence': () => endings.cannotStart(new Error('Port 1 is taken.')),
  'a defect at the start': () => endings.cannotStart(new TypeError('a defect')),
}

const [way = '', dataDir] = process.argv.slice(2)
const log = createLog()
const endings = watchEndings(log, { gone: null, isNohup: false })
if (dataDir !== undefined) noteRun(dataDir, log)
setInterval(() => undefined, 1000)
process.stdout.write('begun\n')
setImmediate(() => ways[way]?.())
