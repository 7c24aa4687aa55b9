import { filesOfTakes, madeWith } from '../data/made-with.ts'
import type { Take } from '../data/take.ts'
import { wordsThatDiffer } from '../ui/words-that-differ.ts'
import { useFileNames } from './use-call.ts'

const Words = ({ text, other, prose }: { text: string | null; other: string | null; prose: boolean }) => {
  if (text === null) return <span aria-label="none">–</span>
  if (!prose || other === null) return text
  return wordsThatDiffer(text, [other]).map(({ text: piece, differs }, index) =>
    differs ? (
      <mark key={index} className="rounded-xs bg-track/40 text-ink underline decoration-1 underline-offset-2">
        {piece}
      </mark>
    ) : (
      piece
    ),
  )
}

/** What was set otherwise for a take than for the one that it was made from, over the line that they stand in. */
export const Differences = ({ id, before, after }: { id: string; before: Take; after: Take }) => {
  const takes = [before, after]
  const names = useFileNames(filesOfTakes(takes))
  const rows = madeWith(takes, names).filter(({ differs }) => differs)
  return (
    <div
      id={id}
      role="tooltip"
      className="pointer-events-none absolute bottom-full left-2 z-20 max-h-72 w-[30rem] max-w-[calc(100%-1rem)] overflow-hidden rounded border border-edge bg-panel p-2 shadow-lg pointer-coarse:hidden"
    >
      {rows.length === 0 ? (
        'Nothing was set otherwise.'
      ) : (
        <table className="w-full text-left leading-5">
          <thead className="text-faint">
            <tr>
              <th scope="col">
                <span className="sr-only">Setting</span>
              </th>
              <th scope="col" className="px-2 font-normal">
                That take
              </th>
              <th scope="col" className="px-2 font-normal">
                This
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ title, cells: [first = null, second = null], prose }) => (
              <tr key={title} className="align-top">
                <th scope="row" className="font-normal whitespace-nowrap text-faint">
                  {title}
                </th>
                <td className="px-2 break-words">
                  <Words text={first} other={second} prose={prose} />
                </td>
                <td className="px-2 break-words">
                  <Words text={second} other={first} prose={prose} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
