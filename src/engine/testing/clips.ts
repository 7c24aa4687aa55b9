import { once } from 'node:events'
import { forkScript } from '../child-entry.ts'
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
  const child = forkScript('testing/clip-child.ts', 'clip-child.js', 'everything')
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

/** Writes a small clip to test with: its frames carry their numbers, which {@link readMark} in mark.ts reads. */
export const makeClip = async (path: string, options: ClipOptions = {}): Promise<string> => {
  const { edits, ...parsed } = clipOptionsSchema.parse(options)
  await ask({ kind: 'make', path, options: parsed })
  return edits ? writeEdits(path, edits) : path
}

/** Decodes a clip to its end and tells what is in it; `frames` are the numbers of frames whose pixels are wanted. */
export const inspectClip = async (path: string, frames: readonly number[] = []): Promise<ClipFacts> => {
  const answer = await ask({ kind: 'inspect', path, frames: [...frames] })
  if (answer.kind !== 'inspected') throw new Error('the clip was not inspected')
  return answer.facts
}
