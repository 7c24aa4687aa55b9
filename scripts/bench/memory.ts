import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** Resident bytes of a process now, and the most it ever had where the system tells; null when it is gone. */
export const memoryOf = (pid: number): { now: number; peak: number } | null => {
  try {
    if (!existsSync('/proc/self/status')) {
      const now = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024
      return { now, peak: now }
    }
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024
    const [now, peak] = [field('VmRSS'), field('VmHWM')]
    return now === 0 ? null : { now, peak }
  } catch {
    return null
  }
}

/** Watches a process; `peak` is the most seen so far. */
export const watchMemory = (pid: number) => {
  let peak = 0
  const look = () => {
    const memory = memoryOf(pid)
    if (memory) peak = Math.max(peak, memory.now, memory.peak)
  }
  look()
  const timer = setInterval(look, 20)
  return { peak: () => peak, stop: () => clearInterval(timer) }
}
