import { useState } from 'react'
import { BIN_DAYS } from '../../shared/library.ts'
import { Button } from '../ui/button.tsx'
import { Modal } from '../ui/modal.tsx'
import { countWords, emptyTheBin } from './acts/tidy.ts'

/** What becomes of takes in the bin, and the way to be rid of them now. `count` is how many there are, where known. */
export const BinBar = ({ count }: { count: number | null }) => {
  const [isAsking, setAsking] = useState(false)
  const close = () => setAsking(false)
  const all = count === null ? 'All takes' : countWords(count)
  return (
    <div className="flex shrink-0 items-center gap-2 border-b border-line px-3 py-1.5">
      <p className="min-w-0 flex-1 text-xs text-soft">Takes stay here for {BIN_DAYS} days, then they are removed.</p>
      <Button size="small" disabled={count === 0} onClick={() => setAsking(true)}>
        Empty bin…
      </Button>
      {isAsking && (
        <Modal
          title="Empty the bin"
          onClose={close}
          footer={
            <div className="flex justify-end gap-2">
              <Button onClick={close}>Keep them</Button>
              <Button
                variant="accent"
                onClick={() => {
                  close()
                  void emptyTheBin()
                }}
              >
                Remove for good
              </Button>
            </div>
          }
        >
          <p className="p-4">
            {all} in the bin and the files of {count === 1 ? 'it' : 'them'} are removed from this machine. This cannot
            be undone.
          </p>
        </Modal>
      )}
    </div>
  )
}
