import { createHash, type Hash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import type { HashAnswer, HashRequest } from './hash-files.ts'

/** Hashes files while others write them: reads what is new of one, from the system's memory of it, when told so. */
type Followed = { hash: Hash; file: number; offset: number }

/** Bytes read at a time. */
const buffer = Buffer.allocUnsafe(1024 ** 2)
const followed = new Map<number, Followed>()

const readTo = (each: Followed, end: number): void => {
  while (each.offset < end) {
    const bytes = readSync(each.file, buffer, 0, Math.min(buffer.length, end - each.offset), each.offset)
    if (bytes === 0) throw new Error('the file is shorter than it was written')
    each.hash.update(buffer.subarray(0, bytes))
    each.offset += bytes
  }
}

const forget = (id: number): void => {
  const each = followed.get(id)
  followed.delete(id)
  if (each) closeSync(each.file)
}

const perform = ({ id, path, end, isLast }: Extract<HashRequest, { kind: 'read' }>): HashAnswer | null => {
  const each = followed.get(id) ?? { hash: createHash('sha256'), file: openSync(path, 'r'), offset: 0 }
  followed.set(id, each)
  readTo(each, end)
  if (!isLast) return null
  forget(id)
  return { id, sha256: each.hash.digest('hex') }
}

const answer = (request: HashRequest): HashAnswer | null => {
  try {
    if (request.kind === 'read') return perform(request)
    forget(request.id)
    return null
  } catch (error) {
    forget(request.id)
    return { id: request.id, error: error instanceof Error ? error.message : String(error) }
  }
}

parentPort?.on('message', (request: HashRequest) => {
  const result = answer(request)
  if (result) parentPort?.postMessage(result)
})
