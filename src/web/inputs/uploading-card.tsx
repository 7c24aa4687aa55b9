import { X } from 'lucide-react'
import type { MediaKind } from '../../shared/models/file-input.ts'
import type { Upload } from '../data/uploads.ts'
import { IconButton } from '../ui/button.tsx'
import { formatBytes } from '../ui/format.ts'
import { releaseVideo } from '../ui/release-video.ts'
import { useObjectUrl } from '../ui/use-object-url.ts'

/** What is being sent, shown from the file itself while it is on its way. */
export const UploadingCard = ({
  upload,
  accepts,
  onCancel,
}: {
  upload: Extract<Upload, { state: 'uploading' }>
  accepts: MediaKind
  onCancel: () => void
}) => {
  const url = useObjectUrl(upload.blob ?? undefined)
  return (
    <div className="relative">
      <div className="flex h-32 items-center justify-center bg-room">
        {url &&
          (accepts === 'image' ? (
            <img src={url} alt="" className="max-h-full max-w-full object-contain opacity-50" />
          ) : (
            <video ref={releaseVideo} src={url} muted playsInline className="max-h-full max-w-full opacity-50" />
          ))}
      </div>
      <div className="flex items-center gap-2 border-t border-line py-1 pr-1 pl-2.5" role="status">
        <span className="working size-2 shrink-0 rounded-full bg-amber" aria-hidden />
        <span className="verbatim min-w-0 flex-1 truncate">
          {upload.blob ? 'Uploading' : 'Importing'} {upload.name}
          {upload.bytes !== null && <span className="text-faint"> · {formatBytes(upload.bytes)}</span>}
        </span>
        <IconButton label="Cancel upload" onClick={onCancel}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
    </div>
  )
}
