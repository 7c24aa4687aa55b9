import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { plainEnvironment } from './runtimes.ts'

/** Runs a program to its end and answers what it printed. Rejects with all its words where it fails. */
export const runProgram = async (
  program: string,
  args: readonly string[],
  folder: string,
  env: Record<string, string> = {},
): Promise<string> => {
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...plainEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const [said, complained, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  if (code === 0) return said
  throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${said}\n${complained}`)
}
