import { lstatSync, readFileSync } from 'node:fs'

/** Bytes. A job or a file as JSON has some thousand; what has more is nothing of ours. */
const MAX_JSON_BYTES = 1024 ** 2

export type JsonFile = { ok: true; value: unknown } | { ok: false; reason: string }

const KIND: readonly [keyof ReturnType<typeof kinds>, string][] = [
  ['folder', 'is a folder'],
  ['link', 'is a link'],
  ['pipe', 'is no ordinary file'],
]
const kinds = (path: string) => {
  const facts = lstatSync(path)
  return {
    folder: facts.isDirectory(),
    link: facts.isSymbolicLink(),
    pipe: !facts.isFile(),
    size: facts.size,
  }
}

/**
 * Reads a JSON file of a data folder, which may come from anywhere: only an ordinary file of a sensible size, never a
 * pipe, whose reading would wait for ever, nor a link. Never throws. Reading thousands of small files is several times
 * quicker so than by promises. `most` is the sensible size, in bytes.
 */
export const readJsonFile = (path: string, most = MAX_JSON_BYTES): JsonFile => {
  try {
    const facts = kinds(path)
    const odd = KIND.find(([kind]) => facts[kind])
    if (odd) return { ok: false, reason: odd[1] }
    if (facts.size > most) return { ok: false, reason: `has ${facts.size.toLocaleString('en')} bytes` }
    return { ok: true, value: JSON.parse(readFileSync(path, 'utf8')) }
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, reason: 'is no whole JSON' }
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    return { ok: false, reason: code === 'EACCES' || code === 'EPERM' ? 'may not be read' : `cannot be read (${code})` }
  }
}
