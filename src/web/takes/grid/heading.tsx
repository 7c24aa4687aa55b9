import { Button } from '../../ui/button.tsx'
import { addToSelection } from '../selection.ts'
import { jobIdOf } from './cards.ts'
import type { Row } from './rows.ts'

/** A day, or what a batch was asked for, over its cards. */
export const Heading = ({ row }: { row: Extract<Row, { kind: 'heading' }> }) => {
  const { block } = row
  return (
    <div role="row" className="absolute inset-x-0 flex items-end pb-1" style={{ top: row.top, height: row.height }}>
      <div role="rowheader" className="flex min-w-0 flex-1 items-center gap-2">
        {block.kind === 'day' ? (
          <h3 className="truncate font-medium text-soft">{block.words}</h3>
        ) : (
          <>
            <h4 className="min-w-0 truncate text-xs text-soft" data-tip={block.words}>
              {block.words}
            </h4>
            <Button
              size="small"
              variant="quiet"
              className="h-6 shrink-0"
              tabIndex={-1}
              onClick={() => addToSelection(block.cards.flatMap(({ takes }) => takes.map(jobIdOf)))}
            >
              Select all
            </Button>
          </>
        )}
      </div>
    </div>
  )
}
