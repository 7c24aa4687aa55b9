/** Files of a folder that are taken at most. */
export const MAX_FILES = 64
/** Entries that are looked at at most: nobody means to drop their whole disk. */
const MAX_ENTRIES = 5000

const MEDIA = /\.(png|jpe?g|webp|avif|gif|bmp|tiff?|mp4|m4v|mov|webm|mkv)$/i

/** What was read of a folder: its pictures and clips, by path, and what was left out of it, a sentence each. */
export type FolderFiles = { files: readonly File[]; leftOut: readonly string[] }

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile

/** The entries of a folder; browsers give a hundred at a time. */
const entriesOf = async (folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> => {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0 || all.length >= MAX_ENTRIES) return all
    all.push(...some)
  }
}

const fileOf = (entry: FileSystemFileEntry): Promise<File | null> =>
  new Promise((resolve) => entry.file(resolve, () => resolve(null)))

const byPath = (a: FileSystemEntry, b: FileSystemEntry): number =>
  a.fullPath.localeCompare(b.fullPath, 'en', { numeric: true })

/** The pictures and clips in folders and the folders in these, at most {@link MAX_FILES}; hidden ones are passed over. */
export const readFolder = async (dropped: readonly FileSystemEntry[]): Promise<FolderFiles> => {
  const waiting = [...dropped]
  const found: FileSystemFileEntry[] = []
  let [others, unread, looks] = [0, 0, 0]
  for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
    if (++looks > MAX_ENTRIES) break
    if (entry.name.startsWith('.')) continue
    if (isFolder(entry)) {
      try {
        waiting.push(...(await entriesOf(entry)))
      } catch {
        unread++
      }
    } else if (isFile(entry) && MEDIA.test(entry.name)) found.push(entry)
    else others++
  }
  const over = Math.max(0, found.length - MAX_FILES) + (looks > MAX_ENTRIES ? waiting.length : 0)
  const files = await Promise.all(found.toSorted(byPath).slice(0, MAX_FILES).map(fileOf))
  unread += files.filter((file) => file === null).length
  return {
    files: files.filter((file) => file !== null),
    leftOut: [
      over > 0 ? `${MAX_FILES} at once is the most: ${over} more ${over === 1 ? 'was' : 'were'} left out.` : null,
      others > 0 ? `${others === 1 ? 'One file is' : `${others} files are`} neither a picture nor a clip.` : null,
      unread > 0 ? `${unread === 1 ? 'One could' : `${unread} could`} not be read.` : null,
    ].filter((sentence) => sentence !== null),
  }
}
