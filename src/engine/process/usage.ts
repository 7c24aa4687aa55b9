import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'

/** What a process has of the machine: bytes of memory, and milliseconds of processors' time since it began. */
export type Usage = { memory: number; work: number }

/** How that is looked at on a system, and how often it may be done (milliseconds). */
type Look = { every: number; look: (pid: number) => Promise<Usage | null> }

/** The kernel counts processors' time for programs in hundredths of a second, on every machine that Node runs on. */
const TICK = 10

/** Linux tells in forty microseconds, without waiting for anything. */
const fromProc: Look = {
  every: 50,
  look: async (pid) => {
    try {
      const memory = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
      // The name, in parentheses, may hold anything. After it the twelfth and thirteenth are the program's and the
      // kernel's time for it.
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return memory === undefined
        ? null
        : { memory: Number(memory) * 1024, work: (Number(fields[11]) + Number(fields[12])) * TICK }
    } catch {
      return null
    }
  },
}

/** `1-02:03:04`, `02:03` or `2:03.45`, as ps writes a time, in milliseconds. */
const millisecondsOf = (text: string): number => {
  const [clock = '', days = '0'] = text.split('-').reverse()
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  return (Number(days) * 86_400 + seconds) * 1000
}

/** A process is started for it: a few milliseconds. */
const fromPs: Look = {
  every: 500,
  look: (pid) =>
    promisify(execFile)('ps', ['-o', 'rss=', '-o', 'time=', '-p', String(pid)]).then(
      ({ stdout }) => {
        const [memory, time] = stdout.trim().split(/\s+/)
        return memory === undefined || time === undefined
          ? null
          : { memory: Number(memory) * 1024, work: millisecondsOf(time) }
      },
      () => null,
    ),
}

export const LOOKS: Partial<Record<NodeJS.Platform, Look>> = { linux: fromProc, darwin: fromPs, freebsd: fromPs }

/**
 * Looks again and again at what a process has, from outside: one that is deep in work of its own cannot tell. Answers how
 * to stop. Where the system has no such look (Windows), nothing is ever told.
 */
export const watchUsage = (
  pid: number,
  onUsage: (usage: Usage) => void,
  how: Look | undefined = LOOKS[process.platform],
): (() => void) => {
  if (!how) return () => undefined
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const again = async (): Promise<void> => {
    const usage = await how.look(pid)
    if (stopped) return
    if (usage) onUsage(usage)
    if (!stopped) timer = setTimeout(() => void again(), how.every)
  }
  void again()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
