import { DatabaseError, type Request } from './protocol.ts'
import { openStatements, type Statements } from './statements.ts'

/** The index's process: runs one statement after the other, and ends with the server. */
let statements: Statements | null = null

const perform = (request: Request) => {
  switch (request.kind) {
    case 'open':
      statements = openStatements(request.path, request.mode)
      return { rows: [], changes: 0 }
    case 'query':
      if (!statements) throw new DatabaseError('SQLITE_MISUSE', 'the index is not open')
      return statements.run(request.sql, request.parameters)
    case 'close':
      statements?.close()
      statements = null
      return { rows: [], changes: 0 }
  }
}

const answer = (request: Request): void => {
  try {
    process.send?.({ type: 'done', id: request.id, ...perform(request) })
  } catch (error) {
    const { code, message } = error instanceof DatabaseError ? error : new DatabaseError('SQLITE_ERROR', String(error))
    process.send?.({ type: 'failed', id: request.id, code, message })
  }
}

// What comes over this channel is the server's own, word for word.
process.on('message', (message) => answer(message as Request))
process.on('disconnect', () => {
  statements?.close()
  process.exit(0)
})
// The server's own signals end it, and with it this; a Ctrl-C reaches both.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
