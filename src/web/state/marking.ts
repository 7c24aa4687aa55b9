import { closeComparison, type Entry, useComparison } from './comparison.ts'
import { useStudio } from './studio.ts'

/** So many fit under one playhead, and on one screen. */
export const MAX_SIDES = 8
/** So many can be chosen among, in groups of those that fit. */
export const MAX_MARKED = 64

/** Tells entries apart. The same file of this machine is the same entry, however often it is dropped. */
export const keyOf = (entry: Entry): string => (entry.kind === 'local' ? entry.key : `${entry.kind}:${entry.id}`)

export const localEntry = (file: File): Entry => ({
  kind: 'local',
  key: `local:${file.name}:${file.size}:${file.lastModified}`,
  file,
})

/** The entries with others added, each once, as many as fit; `notice` says what was left out, as a sentence. */
const withAdded = (
  entries: readonly Entry[],
  added: readonly Entry[],
): { entries: readonly Entry[]; notice: string | null } => {
  const all = new Map([...entries, ...added].map((entry) => [keyOf(entry), entry]))
  const over = all.size - MAX_MARKED
  if (over <= 0) return { entries: [...all.values()], notice: null }
  const left = over === 1 ? 'One more was left out' : `${over} more were left out`
  return {
    entries: [...all.values()].slice(0, MAX_MARKED),
    notice: `${MAX_MARKED} are the most that can be compared. ${left}: remove one first.`,
  }
}

/** The ids from the anchor to another one, both included, in the order of the list; the other alone without it. */
export const between = (ids: readonly string[], anchor: string | null, to: string): readonly string[] => {
  const [from, until] = [anchor === null ? -1 : ids.indexOf(anchor), ids.indexOf(to)]
  if (until < 0) return []
  return from < 0 ? [to] : ids.slice(Math.min(from, until), Math.max(from, until) + 1)
}

/** What the file dialog offers for comparing. */
export const COMPARABLE = 'image/*,video/*,.mkv,.mov'

/** Why a file is nothing to compare, as far as that shows without reading it; null where it may well be. */
const unfitReason = ({ name, type, size }: Pick<File, 'name' | 'type' | 'size'>): string | null => {
  if (size === 0) return `${name} is empty.`
  // What the browser does not name is left to the decoder, which reads it.
  const isMedia = type === '' || type === 'application/octet-stream' || /^(image|video)\/(?!svg)/.test(type)
  return isMedia ? null : `${name} is neither a picture nor a clip.`
}

const { setState, getState } = useComparison

export const addEntries = (added: readonly Entry[]) => {
  const last = added.at(-1)
  setState(({ entries, anchor }) => ({
    ...withAdded(entries, added),
    anchor: last?.kind === 'take' ? last.id : anchor,
  }))
}

export const removeEntry = (key: string) => {
  const left = getState().entries.filter((entry) => keyOf(entry) !== key)
  if (left.length === 0) closeComparison()
  setState({ entries: left, notice: null })
}

/** Takes marks away, by job; what is open stays open with the rest. */
export const forgetTakes = (jobIds: readonly string[]) => {
  if (jobIds.length === 0) return
  setState(({ entries }) => ({
    entries: entries.filter((entry) => entry.kind !== 'take' || !jobIds.includes(entry.id)),
  }))
}

/** Marks what was not marked, and the other way round. */
export const toggleEntry = (entry: Entry) =>
  getState().entries.some((each) => keyOf(each) === keyOf(entry)) ? removeEntry(keyOf(entry)) : addEntries([entry])

/** Puts other entries in the place of all, as when an address asks for them. */
export const setEntries = (entries: readonly Entry[]) => setState({ ...withAdded([], entries), link: null })

/** Puts one in the place of another, as when a file of this machine has come to the server. */
export const replaceEntry = (key: string, entry: Entry) =>
  setState(({ entries }) =>
    withAdded(
      [],
      entries.map((each) => (keyOf(each) === key ? entry : each)),
    ),
  )

/** Shows the comparison on the stage. */
export const openComparison = () => {
  if (getState().entries.length === 0) return
  setState({ isOpen: true })
  useStudio.getState().showTab('stage')
}

/** Opens the choice of the best among these takes, in the place of what was marked. */
export const chooseAmong = (jobIds: readonly string[]) => {
  setEntries(jobIds.map((id) => ({ kind: 'take', id })))
  setState({ choosing: true, decided: false })
  openComparison()
}

/**
 * Compares files of this machine. They join what is compared already while that is open; several that come while it is
 * not are a comparison of their own. Nothing leaves the page.
 */
export const compareFiles = (files: readonly File[]) => {
  const fit = files.filter((file) => unfitReason(file) === null)
  const unfit = files.flatMap((file) => unfitReason(file) ?? [])
  if (!getState().isOpen && fit.length > 1) setState({ entries: [] })
  addEntries(fit.map(localEntry))
  setState(({ notice }) => ({ notice: [...(notice ? [notice] : []), ...unfit].join(' ') || null }))
  if (fit.length > 0) openComparison()
}
