import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { findScript, loaderFlags } from '../../../processes/script.ts'
import { DatabaseError, type OpenMode, readAnswer, type Request, type Rows } from './protocol.ts'
import { openStatements } from './statements.ts'

/** One open SQLite file. */
export type Connection = {
  /** Runs one statement. Rejects with a DatabaseError, or with a ConnectionLost where its process died meanwhile. */
  query: (sql: string, parameters?: readonly unknown[]) => Promise<Rows>
  /** Closes the file and lets go of it. */
  close: () => Promise<void>
  /** Ends the process without a word to the database. Resolves when it is gone. */
  kill: () => Promise<void>
  /** Resolves when the process has gone unasked. */
  died: Promise<ConnectionLost>
}

/** Opens a file. Rejects with a DatabaseError where that is refused. */
export type Connect = (path: string, mode: OpenMode) => Promise<Connection>

/** The database's process died. Whether the statement that was under way took effect is not known. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
  /** What ended it; null where it ended by itself. */
  readonly signal: NodeJS.Signals | null
  constructor(signal: NodeJS.Signals | null, lastWords: string) {
    super(`The process of the index died (${signal ?? 'by itself'}). ${lastWords}`.trim())
    this.signal = signal
  }
}

/** Opens files in this process, for tests of what is done with them. */
export const connectHere: Connect = async (path, mode) => {
  const statements = openStatements(path, mode)
  const close = async (): Promise<void> => {
    // Prepared statements keep the file open, and locked, until they are collected.
    for (const words of [
      'rollback',
      'pragma journal_mode = delete',
      'pragma locking_mode = normal',
      'pragma user_version',
    ])
      try {
        statements.run(words, [])
      } catch {
        // There need not be a transaction, nor a database that is whole.
      }
    statements.close()
  }
  return {
    query: async (sql, parameters = []) => statements.run(sql, parameters),
    close,
    kill: close,
    died: new Promise(() => undefined),
  }
}

const forkChild = (): ChildProcess => {
  const script = findScript(import.meta.url, 'child.ts', 'index-child.js')
  return fork(script.path, [], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    execArgv: loaderFlags(script),
    env: process.env['PATH'] === undefined ? {} : { PATH: process.env['PATH'] },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  })
}

/** Characters of the child's last words that are kept for the log. */
const MAX_LAST_WORDS_CHARS = 2000

type Pending = { resolve: (rows: Rows) => void; reject: (error: Error) => void }

type Question = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never

/** Resolves when the process has gone, for whatever reason, with its last words. */
const whenGone = (child: ChildProcess): Promise<ConnectionLost> => {
  let words = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-MAX_LAST_WORDS_CHARS)))
  return new Promise((resolve) => {
    child.once('exit', (_code, signal) => resolve(new ConnectionLost(signal, words)))
    // A process that could not be started never exits.
    child.on('error', (error) => child.pid === undefined && resolve(new ConnectionLost(null, error.message)))
  })
}

/** Asks a process, which answers in whatever order. What is asked of one that goes rejects with a ConnectionLost. */
const createAsking = (child: ChildProcess, gone: Promise<ConnectionLost>): ((question: Question) => Promise<Rows>) => {
  const pending = new Map<number, Pending>()
  let lastId = 0
  child.on('message', (message) => {
    const answer = readAnswer(message)
    const asked = answer && pending.get(answer.id)
    if (!asked) return
    pending.delete(answer.id)
    if (answer.type === 'done') asked.resolve({ rows: answer.rows, changes: answer.changes })
    else asked.reject(new DatabaseError(answer.code, answer.message))
  })
  void gone.then((lost) => {
    for (const { reject } of pending.values()) reject(lost)
    pending.clear()
  })
  return (question) =>
    new Promise((resolve, reject) => {
      const id = ++lastId
      // A broken channel is told by the end of the process, which says more.
      const lost = (): void => void gone.then(reject)
      if (!child.connected) return lost()
      pending.set(id, { resolve, reject })
      child.send({ ...question, id }, (error) => {
        if (error) lost()
      })
    })
}

/** Opens files in a process each, whose death is a rejected query and never that of the server. */
export const connectChild: Connect = async (path, mode) => {
  const child = forkChild()
  const gone = whenGone(child)
  const ask = createAsking(child, gone)
  let wanted = false
  const died = new Promise<ConnectionLost>((resolve) => {
    void gone.then((lost) => {
      if (!wanted) resolve(lost)
    })
  })
  const kill = async (): Promise<void> => {
    wanted = true
    child.kill('SIGKILL')
    await gone
  }

  try {
    await ask({ kind: 'open', path, mode })
  } catch (error) {
    await kill()
    throw error
  }
  return {
    query: (sql, parameters = []) => ask({ kind: 'query', sql, parameters }),
    close: async () => {
      wanted = true
      await ask({ kind: 'close' }).catch(() => undefined)
      if (child.connected) child.disconnect()
      await gone
    },
    kill,
    died,
  }
}
