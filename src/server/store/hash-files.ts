import type { Worker } from 'node:worker_threads'
import { findScript, startThread } from '../../processes/script.ts'

export type HashRequest =
  | { kind: 'read'; id: number; path: string; end: number; isLast: boolean }
  /** The file is not wanted any more. */
  | { kind: 'forget'; id: number }

export type HashAnswer = { id: number; sha256: string } | { id: number; error: string }

export type Follower = {
  /** So many bytes lie in the file by now. */
  wrote: (end: number) => void
  /** The SHA-256 of the file's first `end` bytes, in hexadecimal digits. */
  finish: (end: number) => Promise<string>
  /** The file is not wanted any more. */
  stop: () => void
}

/** The thread is told of so many new bytes at once. */
const STEP_BYTES = 4 * 1024 ** 2

/** A thread, and who waits for what it was asked. */
type Hasher = {
  worker: Worker
  waiting: Map<number, { resolve: (sha256: string) => void; reject: (error: Error) => void }>
}

let current: Hasher | null = null
let lastId = 0

/** One thread for all files: it is quicker than the lines and disks that they come from. */
const hasherNow = (): Hasher => {
  if (current) return current
  const worker = startThread(findScript(import.meta.url, 'hash-thread.ts', 'hash-thread.js'))
  const started: Hasher = { worker, waiting: new Map() }
  const { waiting } = started
  const failAll = (error: Error): void => {
    if (current === started) current = null
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('message', (answer: HashAnswer) => {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('sha256' in answer) asked?.resolve(answer.sha256)
    else asked?.reject(new Error(answer.error))
  })
  worker.on('error', failAll)
  worker.on('exit', () => failAll(new Error('the thread that hashes has ended')))
  // Whoever waits for a hash has a connection or a test that keeps the process.
  worker.unref()
  current = started
  return started
}

/** Has a file hashed in another thread while it is being written: the event loop goes on, and no byte is copied to it. */
export const followFile = (path: string): Follower => {
  const id = ++lastId
  let told = 0
  const send = (request: HashRequest): void => hasherNow().worker.postMessage(request)
  return {
    wrote: (end) => {
      if (end - told < STEP_BYTES) return
      told = end
      send({ kind: 'read', id, path, end, isLast: false })
    },
    finish: (end) =>
      new Promise((resolve, reject) => {
        hasherNow().waiting.set(id, { resolve, reject })
        told = end
        send({ kind: 'read', id, path, end, isLast: true })
      }),
    stop: () => {
      if (told > 0) send({ kind: 'forget', id })
    },
  }
}
