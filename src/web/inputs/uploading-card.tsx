import { X } from 'lucide-react'
import type { MediaKind } from '../../shared/models/file-input.ts'
import type { OnItsWay } from '../data/uploads.ts'
import { IconButton } from '../ui/button.tsx'
import { formatBytes } from '../ui/format.ts'
import { releaseVideo } from '../ui/release-video.ts'
import { useObjectUrl } from '../ui/use-object-url.ts'

const wordsOf = ({ state, blob }: OnItsWay): string => {
  if (state === 'waiting') return 'Waiting for the server:'
  return blob ? 'Uploading' : 'Importing'
}

const sizeWords = (sent: number | null, bytes: number): string =>
  sent === null ? formatBytes(bytes) : `${Math.floor((sent / bytes) * 100)} % of ${formatBytes(bytes)}`

/** What is being sent, shown from the file itself while it is on its way. */
export const UploadingCard = ({
  upload,
  accepts,
  onCancel,
}: {
  upload: OnItsWay
  accepts: MediaKind
  onCancel: () => void
}) => {
  const url = useObjectUrl(upload.blob ?? undefined)
  return (
    <div className="flex items-center">
      <div className="flex h-16 w-28 shrink-0 items-center justify-center bg-room pointer-coarse:h-[92px]">
        {url &&
          (accepts === 'image' ? (
            <img src={url} alt="" className="max-h-full max-w-full object-contain opacity-50" />
          ) : (
            <video ref={releaseVideo} src={url} muted playsInline className="max-h-full max-w-full opacity-50" />
          ))}
      </div>
      <div className="flex min-w-0 flex-1 items-center gap-2 pr-1 pl-2.5">
        <span className="working size-2 shrink-0 rounded-full bg-amber" aria-hidden />
        <div className="min-w-0 flex-1 leading-4">
          <p className="verbatim truncate" data-tip={upload.name} role="status">
            {wordsOf(upload)} {upload.name}
          </p>
          {/* Not part of the status: a screen reader would say every percent. */}
          {upload.bytes !== null && (
            <p className="text-xs leading-4 text-faint tabular-nums">{sizeWords(upload.sent, upload.bytes)}</p>
          )}
        </div>
        <IconButton label="Cancel upload" onClick={onCancel}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
    </div>
  )
}
