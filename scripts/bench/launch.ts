import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** Starts a server's script; resolves with its address once it says that it is ready. */
export const launch = async (
  script: string,
  env: Record<string, string>,
): Promise<{ child: ChildProcess; url: string }> => {
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface(child.stdout)) {
    const url = /ready: (\S+)/.exec(line)?.[1]
    // Its log goes on; unread, it would fill the pipe and stop the server.
    if (url !== undefined) return { child, url: (child.stdout?.resume(), url.replace('localhost', '127.0.0.1')) }
  }
  throw new Error(`${script} did not start`)
}
