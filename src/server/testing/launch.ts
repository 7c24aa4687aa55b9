import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { findScript, loaderFlags } from '../../processes/script.ts'
import { talkTo } from './serve.ts'

const running: ChildProcess[] = []

export type Launched = Awaited<ReturnType<typeof launch>>

/** Starts a server in a process of its own. Rejects with what it says where it does not start. */
export const launch = async (dataDir: string, env: Record<string, string> = {}) => {
  const script = findScript(import.meta.url, 'server-process.ts', 'server-process.js')
  const child = spawn(process.execPath, [...loaderFlags(script), script.path], {
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, DECART_API_KEY: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  let words = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (words += text))
  for await (const line of createInterface(child.stdout)) {
    const url = /^ready (.+)$/.exec(line)?.[1]
    if (url !== undefined) return { child, url, ...talkTo(url) }
  }
  throw new Error(words)
}

/** The end that a power cut makes: nothing is tidied. */
export const kill = async ({ child }: { child: ChildProcess }): Promise<void> => {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

/** Kills what is still running. */
export const killAll = async (): Promise<void> => {
  for (const child of running.splice(0)) if (child.exitCode === null && child.signalCode === null) await kill({ child })
}
