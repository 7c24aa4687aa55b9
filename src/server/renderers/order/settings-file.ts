import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { createTurn } from '../../store/turn.ts'
import { systemCode } from '../../outgoing/words.ts'
import { parseJson } from './answers.ts'
import { type KeptSettings, keptSettingsSchema } from './settings.ts'

const fileSchema = z.record(z.string(), keptSettingsSchema)

export type SettingsFile = {
  get: (renderer: string) => KeptSettings | undefined
  /** Undefined forgets them. On disk when it resolves. */
  set: (renderer: string, settings: KeptSettings | undefined) => Promise<void>
}

/**
 * What the studio has set of renderers, in one file that its owner alone may read: it holds keys. One that cannot be read
 * is put aside by the next change, and tells nothing until then; `onDamaged` hears of it.
 */
export const openSettingsFile = async (path: string, onDamaged: () => void): Promise<SettingsFile> => {
  let all: Record<string, KeptSettings> = {}
  try {
    const read = parseJson(fileSchema, await readFile(path, 'utf8'))
    if (read) all = read
    else {
      await rename(path, `${path}.damaged-${Date.now()}`)
      onDamaged()
    }
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') onDamaged()
  }
  const inTurn = createTurn()
  const write = async (next: Record<string, KeptSettings>): Promise<void> => {
    const part = `${path}.part`
    try {
      await writeFile(part, JSON.stringify(next, null, 2), { mode: 0o600 })
      // A part that lay there already kept its own mode.
      await chmod(part, 0o600)
      await rename(part, path)
    } catch (error) {
      await rm(part, { force: true })
      throw error
    }
  }
  return {
    get: (renderer) => all[renderer],
    set: (renderer, settings) =>
      inTurn(async () => {
        const { [renderer]: _, ...others } = all
        const next = settings && Object.keys(settings).length > 0 ? { ...others, [renderer]: settings } : others
        await write(next)
        all = next
      }),
  }
}
