import { useId, useState } from 'react'
import { classes } from '../../ui/classes.ts'
import { Switch } from '../../ui/switch.tsx'
import type { Row } from '../../data/made-with.ts'
import { wordsThatDiffer } from '../../ui/words-that-differ.ts'

/** A prompt whose words are marked where another prompt has others. The first is held against all, others against it. */
const Prose = ({ cells, index }: { cells: Row['cells']; index: number }) => {
  const given = cells.filter((cell) => cell !== null)
  const [first = ''] = given
  const text = cells[index] ?? ''
  const isFirst = cells.findIndex((cell) => cell !== null) === index
  return wordsThatDiffer(text, isFirst ? given.slice(1) : [first]).map(({ text: piece, differs }, at) =>
    differs ? (
      <mark key={at} className="rounded-xs bg-track/40 text-ink underline decoration-1 underline-offset-2">
        {piece}
      </mark>
    ) : (
      piece
    ),
  )
}

const Cell = ({ row: { cells, differs, prose }, index }: { row: Row; index: number }) => {
  const cell = cells[index] ?? null
  return (
    <td className={classes('px-3 py-1 break-words', differs ? 'text-ink' : 'text-faint', prose && 'min-w-48')}>
      {cell === null ? <span aria-label="none">–</span> : prose && differs ? <Prose {...{ cells, index }} /> : cell}
    </td>
  )
}

const ParameterRow = ({ row }: { row: Row }) => (
  <tr className="border-t border-line align-top">
    <th
      scope="row"
      className={classes(
        'sticky left-0 bg-panel py-1 pl-3 font-normal whitespace-nowrap',
        row.differs ? 'text-ink' : 'text-faint',
      )}
    >
      <span className={classes('inline-block w-3', row.differs ? '' : 'invisible')} aria-hidden>
        •
      </span>
      {row.title}
      {row.differs && <span className="sr-only">, differs</span>}
    </th>
    {row.cells.map((_, index) => (
      <Cell key={index} row={row} index={index} />
    ))}
  </tr>
)

/** What the compared were made with and what they are, side by side. `names` are the columns'. */
export const ParameterTable = ({ names, rows }: { names: readonly string[]; rows: readonly Row[] }) => {
  const [onlyDifferent, showOnlyDifferent] = useState(false)
  const switchId = useId()
  const shown = onlyDifferent ? rows.filter(({ differs }) => differs) : rows
  return (
    <div className="scrollbar-quiet max-h-[40dvh] overflow-auto border-t border-line bg-panel">
      <table className="w-full border-collapse text-left text-xs leading-5" aria-label="Parameters">
        <thead className="sticky top-0 z-10 bg-panel">
          <tr>
            <th scope="col" className="sticky left-0 w-36 bg-panel py-1 pl-3 font-normal">
              <label
                htmlFor={switchId}
                className="flex items-center gap-2 whitespace-nowrap text-soft pointer-coarse:min-h-11"
              >
                <Switch id={switchId} checked={onlyDifferent} onChange={showOnlyDifferent} />
                Differences
              </label>
            </th>
            {names.map((name, index) => (
              <th key={index} scope="col" className="verbatim min-w-32 px-3 py-1 align-bottom font-medium text-soft">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <ParameterRow key={row.title} row={row} />
          ))}
          {shown.length === 0 && (
            <tr className="border-t border-line">
              <td colSpan={names.length + 1} className="px-3 py-2 text-soft">
                Nothing differs.
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  )
}
