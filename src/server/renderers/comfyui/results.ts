import type { OutputFile, Outputs } from './wire.ts'

type Kind = 'video' | 'image'

const ENDINGS: Record<Kind, RegExp> = {
  video: /\.(mp4|webm|mov|mkv|m4v|avi)$/i,
  image: /\.(png|jpe?g|webp|avif|tiff?)$/i,
}
/** Pictures that move, which do for a clip where there is no other. */
const MOVING = /\.(gif|webp|png|apng)$/i

/** Whether a file is the better the lower: of the kind, moving, or anything. */
const rank = ({ filename }: OutputFile, kind: Kind): number => {
  if (ENDINGS[kind].test(filename)) return 0
  return kind === 'video' && MOVING.test(filename) ? 1 : 2
}

const LISTS = ['images', 'gifs', 'videos', 'video']

const filesOf = (results: Outputs[string] | undefined): OutputFile[] => [
  ...LISTS.flatMap((list) => results?.[list] ?? []),
  ...Object.entries(results ?? {}).flatMap(([list, files]) => (LISTS.includes(list) || list === 'audio' ? [] : files)),
]

const best = (files: readonly OutputFile[], kind: Kind): OutputFile | undefined =>
  files.filter((file) => rank(file, kind) < 2).toSorted((one, other) => rank(one, kind) - rank(other, kind))[0]

/**
 * The file that is the take: of the wanted node, else of any other that saved one (not of previews, which are `temp`,
 * unless there is nothing else). Sound alone is no take. Undefined where there is none of that kind.
 */
export const resultOf = (outputs: Outputs, wanted: string, kind: Kind): OutputFile | undefined => {
  const own = best(filesOf(outputs[wanted]), kind)
  if (own) return own
  const others = Object.values(outputs).flatMap((results) => filesOf(results))
  return (
    best(
      others.filter(({ type }) => type === 'output'),
      kind,
    ) ?? best(others, kind)
  )
}

/**
 * Where the take lies that a graph saved which a server had made before and tells nothing of: the first file of its
 * prefix, which no other job has.
 */
export const firstOfPrefix = (prefix: string, kind: Kind): OutputFile => {
  const cut = prefix.lastIndexOf('/')
  const name = `${prefix.slice(cut + 1)}_00001_.${kind === 'video' ? 'mp4' : 'png'}`
  return { filename: name, subfolder: cut < 0 ? '' : prefix.slice(0, cut), type: 'output' }
}

/** The address of a file below the server's. */
export const viewPath = ({ filename, subfolder, type }: OutputFile): string =>
  `/view?${new URLSearchParams({ filename, subfolder, type }).toString()}`
