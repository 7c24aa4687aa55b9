import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { copyFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { forkScript } from '../process/fork.ts'
import { writeEdits } from './edit-list.ts'
import {
  type Answer,
  answerSchema,
  type ClipFacts,
  type ClipOptions,
  clipOptionsSchema,
  type Order,
} from './messages.ts'

const ask = async (order: Order): Promise<Answer> => {
  const child = forkScript('../testing/clip-child.ts', 'clip-child.js', 'everything')
  let words = ''
  child.stderr?.on('data', (text: Buffer) => (words += text.toString()))
  child.send(order)
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error(`the clip script died: ${words}`))),
  ])
  const answer = answerSchema.parse(message)
  if (answer.kind === 'failed') throw new Error(answer.stack)
  return answer
}

/** A folder that one run of tests keeps its clips in: many ask for the same, and encoding is slow. */
const KEPT = process.env['RUSHES_TEST_CLIPS']

const make = async (path: string, options: Extract<Order, { kind: 'make' }>['options']): Promise<void> => {
  if (KEPT === undefined) return void (await ask({ kind: 'make', path, options }))
  const kept = join(KEPT, createHash('sha256').update(JSON.stringify(options)).digest('hex'))
  if (!existsSync(kept)) {
    // Another test file may be making the same: a name appears with all of its clip.
    const begun = `${kept}-${randomUUID()}`
    await ask({ kind: 'make', path: begun, options })
    await rename(begun, kept)
  }
  await copyFile(kept, path)
}

/** Writes a small clip to test with: its frames carry their numbers, which {@link readMark} in mark.ts reads. */
export const makeClip = async (path: string, options: ClipOptions = {}): Promise<string> => {
  const { edits, ...parsed } = clipOptionsSchema.parse(options)
  await make(path, parsed)
  return edits ? writeEdits(path, edits) : path
}

/** Decodes a clip to its end and tells what is in it; `frames` are the numbers of frames whose pixels are wanted. */
export const inspectClip = async (path: string, frames: readonly number[] = []): Promise<ClipFacts> => {
  const answer = await ask({ kind: 'inspect', path, frames: [...frames] })
  if (answer.kind !== 'inspected') throw new Error('the clip was not inspected')
  return answer.facts
}
