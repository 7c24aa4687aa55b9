import { clearUpload, isOnItsWay, startUpload, useUploads } from '../../data/uploads.ts'
import { type Entry } from '../../state/comparison.ts'
import { keyOf, replaceEntry } from '../../state/marking.ts'
import { Button } from '../../ui/button.tsx'

/** For a file of this machine that the browser cannot decode: the server can, once it has it. */
export const SendForPreview = ({ entry }: { entry: Extract<Entry, { kind: 'local' }> }) => {
  const key = keyOf(entry)
  const slot = `compare ${key}`
  const upload = useUploads((state) => state.bySlot[slot])
  const { file } = entry
  if (isOnItsWay(upload))
    return (
      <p className="flex items-center gap-2 text-soft" role="status">
        {upload.state === 'waiting' ? `Waiting for the server: ${file.name}` : `Sending ${file.name} to the server…`}
        <Button size="small" onClick={() => clearUpload(slot)}>
          Cancel
        </Button>
      </p>
    )
  const kind = file.type.startsWith('image/') ? 'image' : 'video'
  return (
    <p className="flex flex-wrap items-center gap-2 text-soft">
      {upload?.state === 'refused'
        ? upload.sentence
        : `This browser cannot decode ${file.name}. The server can make a preview of it.`}
      <Button
        size="small"
        onClick={() => void startUpload(slot, { file }, kind, ({ id }) => replaceEntry(key, { kind: 'file', id }))}
      >
        Send it to the server for a preview
      </Button>
    </p>
  )
}
