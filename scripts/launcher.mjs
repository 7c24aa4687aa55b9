// npm starts a script through a shell, and passes a signal on to the shell alone: `kill` of `npm start` would end npm and
// the shell, and leave the server running with its port. So the server looks for itself whether they are still there.
// Only Node's own modules: this runs before anything is installed.
import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'

const LOOK_MS = 200

/**
 * A process's parent and its words, on Linux and macOS alike. Throws where there is no such process.
 * @param {number} pid
 */
const look = (pid) => {
  if (process.platform !== 'linux') {
    const line = execFileSync('ps', ['-o', 'ppid=,command=', '-p', String(pid)], { encoding: 'utf8' })
    const [, parent = '', words = ''] = /^\s*(\d+)\s+(.*)/.exec(line) ?? []
    return { parent: Number(parent), words: words.split(' ') }
  }
  return { parent: parentOnLinux(pid), words: readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0') }
}

/** @param {number} pid */
const parentOnLinux = (pid) => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // Behind the name in brackets, which may hold anything: state, then parent.
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

/** @param {number} pid */
const isAlive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * Whether this was started with nohup, which is a wish to stay when the terminal closes. Node undoes what nohup did to
 * the signal; what stays is its standard input, that can be written to and not read.
 */
const isNohup = () => {
  try {
    const flags = /^flags:\s*(\d+)/m.exec(readFileSync('/proc/self/fdinfo/0', 'utf8'))?.[1] ?? ''
    return readlinkSync('/proc/self/fd/0') === '/dev/null' && (Number.parseInt(flags, 8) & 3) === 1
  } catch {
    return false
  }
}

/** @returns {(() => boolean) | null} whether npm, or its shell, is gone; null where that cannot be told. */
const watcher = () => {
  const parent = process.ppid
  try {
    const { parent: grandparent, words } = look(parent)
    const isShell = words[1] === '-c'
    if (!isShell) return () => process.ppid !== parent
    const hasNpm = () => (process.platform === 'linux' ? parentOnLinux(parent) === grandparent : isAlive(grandparent))
    return () => {
      try {
        return process.ppid !== parent || !hasNpm()
      } catch {
        return true
      }
    }
  } catch {
    return null
  }
}

/**
 * Looks after the npm that started this process. `gone` resolves with a reason when it is gone; null where it was not npm
 * that runs the script of this name. With nohup, a hang-up (SIGHUP) is no reason to end, and neither is an npm that did
 * not survive it; any other way for npm to go is.
 * @param {string} script
 * @returns {{ gone: Promise<string> | null, isNohup: boolean }}
 */
export const watchLauncher = (script) => {
  const stays = isNohup()
  if (stays) process.on('SIGHUP', () => {})
  if (process.platform === 'win32' || process.env['npm_lifecycle_event'] !== script)
    return { gone: null, isNohup: stays }
  const isGone = watcher()
  if (!isGone) return { gone: null, isNohup: stays }
  /** @type {Promise<string>} */
  const gone = new Promise((resolve) => {
    let missed = 0
    const timer = setInterval(() => {
      if (!isGone()) return
      // A hang-up that reached both of us may still be on its way to here.
      if (++missed < 2) return
      clearInterval(timer)
      resolve(`the npm that ran it is gone`)
    }, LOOK_MS)
    timer.unref()
    if (stays) process.on('SIGHUP', () => clearInterval(timer))
  })
  return { gone, isNohup: stays }
}
