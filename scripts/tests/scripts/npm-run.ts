import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { TestContext } from 'vitest'
import { plainEnvironment } from '../runtimes.ts'

export type NpmRun = {
  pid: number
  /** All that it printed so far. */
  said: () => string
  /** Resolves with the first match in what it prints, now or later. Rejects when it ends without. */
  says: (pattern: RegExp) => Promise<RegExpExecArray>
  /** Resolves with npm's exit code when npm has ended and nothing holds its output any more. */
  ended: Promise<number | null>
  /** Sends a signal to npm's process alone, as `kill` does. */
  kill: (signal: NodeJS.Signals) => void
  /** Sends a signal to npm and all that it started, as a terminal does for Ctrl-C. */
  killGroup: (signal: NodeJS.Signals) => void
  /** Stops to listen to what it prints, as a reader does that ends. */
  deafen: () => void
  /** Resolves when no process that npm started, directly or not, is left. */
  gone: () => Promise<void>
}

/** Whether a process, or with a negative number a group, is there. */
export const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Looks again and again until something holds. */
export const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await wait(50)
}

export const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })

/** Runs a command in a folder, in a process group of its own. */
const runInGroup = (
  folder: string,
  [program = 'npm', ...args]: readonly string[],
  env: Record<string, string> = {},
  input: 'ignore' | number = 'ignore',
): NpmRun => {
  const child: ChildProcess = spawn(program, args, {
    cwd: folder,
    env: { ...plainEnvironment(), ...env },
    detached: true,
    stdio: [input, 'pipe', 'pipe'],
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`${program} could not be started`)
  let text = ''
  const checks = new Set<() => void>()
  const hear = (words: string): void => {
    text += words
    for (const check of checks) check()
  }
  child.stdout?.setEncoding('utf8').on('data', hear)
  child.stderr?.setEncoding('utf8').on('data', hear)
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    pid,
    said: () => text,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          const match = pattern.exec(text)
          if (!match) return
          checks.delete(check)
          resolve(match)
        }
        checks.add(check)
        check()
        void ended.then(() => reject(new Error(`it ended without saying ${String(pattern)}:\n${text}`)))
      }),
    ended,
    kill: (signal) => void process.kill(pid, signal),
    killGroup: (signal) => void process.kill(-pid, signal),
    deafen: () => {
      child.stdout?.destroy()
      child.stderr?.destroy()
    },
    gone: () => until(() => !isThere(-pid)),
  }
}

type Environment = Record<string, string>

/** What one test runs in a folder. */
export type Runs = {
  /** A command, in a process group of its own. */
  inGroup: (command: readonly string[], env?: Environment, input?: 'ignore' | number) => NpmRun
  /** `npm run script -- args`. */
  npm: (script: string, args?: readonly string[], env?: Environment) => NpmRun
  /** Ends all that is still there; shows what it printed where the test failed. */
  end: (context: Pick<TestContext, 'task'>) => Promise<void>
}

export const openRuns = (folder: string): Runs => {
  const runs: NpmRun[] = []
  const inGroup: Runs['inGroup'] = (command, env, input) => {
    const run = runInGroup(folder, command, env, input)
    runs.push(run)
    return run
  }
  return {
    inGroup,
    npm: (script, args = [], env = {}) =>
      inGroup(['npm', 'run', script, ...(args.length > 0 ? ['--', ...args] : [])], env),
    end: async ({ task }) => {
      for (const run of runs.splice(0)) {
        if (task.result?.state === 'fail') console.log(run.said())
        if (isThere(-run.pid)) run.killGroup('SIGKILL')
        await run.gone()
      }
    },
  }
}
