/** Of the list inside of an archive that says what is missing. */
export const MISSING = 'missing.txt'

/** What file systems take for one name: most do not tell capitals from small letters, nor how an accent is written. */
const folded = (name: string): string => name.normalize('NFC').toLowerCase()

const numbered = (name: string, count: number): string => {
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? `${name} (${count})` : `${name.slice(0, dot)} (${count})${name.slice(dot)}`
}

/** The names as they are, with a number where one before is the same: `A.mp4` after `a.mp4` becomes `A (2).mp4`. */
export const uniqueNames = (names: readonly string[]): string[] => {
  const taken = new Set([folded(MISSING)])
  const counts = new Map<string, number>()
  return names.map((name) => {
    const key = folded(name)
    let unique = name
    for (let count = counts.get(key) ?? 1; taken.has(folded(unique));) {
      unique = numbered(name, ++count)
      counts.set(key, count)
    }
    taken.add(folded(unique))
    return unique
  })
}
