import { readdirSync, readFileSync } from 'node:fs'

const TICKS_A_SECOND = 100

type Process = { pid: number; parent: number; seconds: number }

const processes = (): Process[] =>
  readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      // The command stands in brackets and may hold anything.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const [parent, user, system] = [Number(fields[1]), Number(fields[11]), Number(fields[12])]
      return [{ pid: Number(name), parent, seconds: (user + system) / TICKS_A_SECOND }]
    } catch {
      return []
    }
  })

/** Processor seconds that a process and all below it have used; null where the system does not tell. */
export const cpuSecondsOf = (pid: number): number | null => {
  try {
    const all = processes()
    const family = new Set([pid])
    for (let before = 0; before < family.size;) {
      before = family.size
      for (const each of all) if (family.has(each.parent)) family.add(each.pid)
    }
    return all.reduce((sum, each) => (family.has(each.pid) ? sum + each.seconds : sum), 0)
  } catch {
    return null
  }
}
