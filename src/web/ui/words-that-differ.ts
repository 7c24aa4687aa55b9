/** A piece of a text, and whether it is one that makes the difference. */
export type Piece = { text: string; differs: boolean }

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })

/** Words, and what stands between them. */
const piecesOf = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment)

/** Which pieces belong to a longest common subsequence of both (Wagner and Fischer's table, walked from its end). */
const shared = (own: readonly string[], other: readonly string[]): ReadonlySet<number> => {
  const width = other.length + 1
  const lengths = new Uint16Array((own.length + 1) * width)
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0
  for (let i = own.length - 1; i >= 0; i--)
    for (let j = other.length - 1; j >= 0; j--)
      lengths[i * width + j] = own[i] === other[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const found = new Set<number>()
  let [i, j] = [0, 0]
  while (i < own.length && j < other.length)
    if (own[i] === other[j]) {
      found.add(i++)
      j++
    } else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  return found
}

/** A text in pieces, marked where any of the others has something else or nothing in that place. */
export const wordsThatDiffer = (text: string, others: readonly string[]): Piece[] => {
  const own = piecesOf(text)
  const kept = others.map((other) => shared(own, piecesOf(other)))
  const pieces: Piece[] = []
  own.forEach((piece, index) => {
    // Spaces make no difference by themselves; they join the mark of the words around them.
    const differs = kept.some((each) => !each.has(index))
    const last = pieces.at(-1)
    if (last && last.differs === differs) last.text += piece
    else pieces.push({ text: piece, differs })
  })
  return pieces
}
