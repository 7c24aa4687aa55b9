import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type SmallDisk = {
  path: string
  /** Leaves no byte. */
  fill: () => void
  /** Takes away what `fill` has written; `bytes`: only so much of it. */
  free: (bytes?: number) => void
  /** Takes the right to write from everybody, root included, or gives it back. */
  setReadOnly: (readOnly: boolean) => void
  remove: () => void
}

const BLOCK = 64 * 1024

/**
 * A disk of its own that can be filled: a tmpfs, which Linux gives to root alone. Null where it cannot be had, which the
 * tests that want one then say.
 */
export const mountSmallDisk = (megabytes: number): SmallDisk | null => {
  const path = mkdtempSync(join(tmpdir(), 'rushes-disk-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path])
  if (mounted.status !== 0) {
    rmSync(path, { recursive: true })
    return null
  }
  const fillers = () => readdirSync(path).filter((name) => name.startsWith('filler-'))
  let count = 0
  const fillWith = (size: number): void => {
    for (;;) {
      const name = join(path, `filler-${String(count++).padStart(6, '0')}`)
      try {
        writeFileSync(name, Buffer.alloc(size, 1))
      } catch {
        rmSync(name, { force: true })
        return
      }
    }
  }
  return {
    path,
    fill: () => {
      fillWith(BLOCK)
      fillWith(4096)
    },
    free: (bytes = Infinity) => {
      const names = fillers().slice(0, Math.ceil(bytes / BLOCK))
      for (const name of names) rmSync(join(path, name))
    },
    setReadOnly: (readOnly) => {
      const { status } = spawnSync('mount', ['-o', `remount,${readOnly ? 'ro' : 'rw'}`, path])
      if (status !== 0) throw new Error('it could not be mounted anew')
    },
    remove: () => {
      // Lazily: a process that is just ending may still have a file open.
      spawnSync('umount', ['-l', path])
      rmSync(path, { recursive: true, force: true })
    },
  }
}
