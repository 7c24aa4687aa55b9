import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launch } from './launch.ts'

/** Servers and workers as people run them, on one database and one data folder. */
export const startTeam = async (databaseUrl: string, env: Record<string, string>) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'rushes-bench-'))
  const nobody = { DECART_API_KEY: '', COMFYUI_URL: '', FAL_KEY: '', GENERATION_URL: '', SPEND_LIMIT_USD: '' }
  const own = { ...nobody, DATABASE_URL: databaseUrl, DATA_DIR: dataDir, PORT: '0', ...env }
  const children: ChildProcess[] = []
  const script = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url))
  return {
    web: async (): Promise<{ url: string; pid: number }> => {
      const { child, url } = await launch(script('start.mjs'), { ...own, ROLE: 'web' })
      children.push(child)
      return { url, pid: child.pid ?? 0 }
    },
    worker: async (): Promise<void> => {
      const child = spawn(process.execPath, [script('worker.mjs')], {
        env: { ...process.env, ...own },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      children.push(child)
      for await (const words of child.stdout) if (String(words).includes('is ready')) break
      child.stdout.resume()
    },
    stop: async (): Promise<void> => {
      await Promise.all(
        children.map(async (child) => {
          const gone = child.exitCode === null ? once(child, 'exit') : null
          child.kill('SIGTERM')
          await gone
        }),
      )
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** A page that listens: `hear` is told each job's id with each event's words. Resolves once it is open. */
export const openPage = async (
  url: string,
  hear: (id: string, words: string) => void,
  signal: AbortSignal,
): Promise<void> => {
  const events = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${url}/v1/events`, { signal, agent: false }, resolve).once('error', reject)
  })
  if (events.statusCode !== 200) throw new Error(`the page was answered ${events.statusCode}`)
  events.setEncoding('utf8').on('data', (words: string) => {
    for (const [, id = ''] of words.matchAll(/"job_id":"(job_\w+)"/g)) hear(id, words)
  })
  events.on('error', () => undefined)
}
