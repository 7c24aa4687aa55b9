import { readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { z } from 'zod'

/** Tries from inside of a child what it should not be able to do, and tells how each came out. */
const askedSchema = z.object({
  read: z.record(z.string(), z.string()),
  write: z.record(z.string(), z.string()),
  port: z.number(),
})

const outcome = (act: () => unknown): string => {
  try {
    act()
    return 'done'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}

const connecting = (port: number): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve('done'))
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  })

process.on('disconnect', () => process.exit(0))
process.once('message', async (message) => {
  const { read, write, port } = askedSchema.parse(message)
  const each = (paths: Record<string, string>, act: (path: string) => unknown) =>
    Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, outcome(() => act(path))]))
  process.send?.({
    read: each(read, (path) => readFileSync(path)),
    write: each(write, (path) => writeFileSync(path, 'mine')),
    connect: await connecting(port),
    environment: Object.keys(process.env),
  })
})
