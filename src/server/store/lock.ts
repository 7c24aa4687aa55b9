import { createHash } from 'node:crypto'
import { realpathSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Sockets have short names (about 100 bytes), data folders long ones: a hash stands for the folder. */
const socketOf = (folder: string): string => {
  const name = `rushes-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 24)}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`)
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code

const listen = (path: string): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', reject)
    server.listen(path, () => resolve(server.unref()))
  })

const isAlive = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

/**
 * Takes a data folder for this process alone: two servers on one folder would both run, and pay for, every job. A
 * listening socket is the lock, for it dies with its process and leaves nothing stale that could be taken for life.
 * Rejects with a plain sentence where another process has it. Answers the function that gives it back.
 */
export const lockFolder = async (folder: string): Promise<() => Promise<void>> => {
  const path = socketOf(folder)
  const server = await listen(path).catch(async (error: unknown) => {
    if (!hasCode(error, 'EADDRINUSE')) throw error
    if (await isAlive(path))
      throw new Error(`Another Rushes is using ${folder}. Stop it, or set DATA_DIR to another folder.`, {
        cause: error,
      })
    rmSync(path, { force: true })
    return listen(path)
  })
  return () => new Promise((resolve) => server.close(() => resolve()))
}
