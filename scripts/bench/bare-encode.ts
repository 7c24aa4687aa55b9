import '../../src/engine/process/promise-with-resolvers.ts'
import { openClip } from '../../src/engine/media/clip-reader.ts'
import { openWriter } from '../../src/engine/media/clip-writer.ts'

/**
 * A process of its own, as FFmpeg's library wants it: holds a take's frames in memory, encodes them again as a render
 * does and nothing else, and prints how many milliseconds that took.
 */
const [path = '', output = ''] = process.argv.slice(2)
const reader = openClip(path, 'mov')
const { width, height } = reader
const frames: Uint8Array[] = []
for (let next = reader.read(); next; next = reader.read()) frames.push(next.frame.toBuffer())
const begin = performance.now()
const writer = openWriter({ path: output, width, height, rate: { num: 25, den: 1 }, comment: null })
for (const bytes of frames) writer.writeVideo(bytes)
writer.finish()
process.stdout.write(String(performance.now() - begin), () => process.exit(0))
