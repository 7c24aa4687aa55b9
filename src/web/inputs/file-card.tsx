import { Replace, X } from 'lucide-react'
import { useState } from 'react'
import type { FileResource } from '../../shared/media.ts'
import { routes } from '../../shared/routes.ts'
import { IconButton } from '../ui/button.tsx'
import { formatBytes, formatFps, formatSeconds, formatSize } from '../ui/format.ts'
import { releaseVideo } from '../ui/release-video.ts'
import { useMediaQuery } from '../ui/use-media-query.ts'

const facts = ({ media, size_bytes }: FileResource): string =>
  [
    formatSize(media),
    media.duration === null ? null : formatSeconds(media.duration),
    media.fps === null ? null : `${formatFps(media.fps)} fps`,
    formatBytes(size_bytes),
  ]
    .filter((fact) => fact !== null)
    .join(' · ')

/** A file that the server has: the picture, or the clip playing without sound, and what is known of it. */
export const FileCard = ({
  id,
  title,
  file,
  onReplace,
  onRemove,
}: {
  id: string
  title: string
  file: FileResource
  onReplace: () => void
  onRemove: () => void
}) => {
  const name = file.filename ?? file.id
  return (
    <>
      <div className="flex h-32 items-center justify-center bg-room">
        <Preview key={file.id} file={file} label={`${title}: ${name}`} />
      </div>
      <div className="flex items-center gap-1 border-t border-line py-1 pr-1 pl-2.5">
        <div className="min-w-0 flex-1 leading-4">
          <p className="truncate" title={name}>
            {name}
          </p>
          <p className="truncate text-xs text-faint">{facts(file)}</p>
        </div>
        <IconButton id={id} label={`Replace ${title.toLowerCase()}`} onClick={onReplace}>
          <Replace size={16} aria-hidden />
        </IconButton>
        <IconButton label={`Remove ${title.toLowerCase()}`} onClick={onRemove}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
    </>
  )
}

/** Falls back to the server's still where the browser cannot decode the file itself, as with HEVC in Chromium. */
const Preview = ({ file, label }: { file: FileResource; label: string }) => {
  const [undecodable, setUndecodable] = useState(false)
  const [gone, setGone] = useState(false)
  const still = useMediaQuery('(prefers-reduced-motion: reduce)')
  const fill = 'max-h-full max-w-full object-contain'
  // The draft outlives a server whose data was cleared.
  if (gone) return <p className="px-4 text-center text-trouble">No longer on the server: add it again.</p>
  if (file.media.kind === 'image' || undecodable || file.mime_type === 'image/gif') {
    // A still of a large picture is plenty for a card, and spares decoding tens of megapixels.
    return <img src={routes.fileThumbnail(file.id)} alt={label} onError={() => setGone(true)} className={fill} />
  }
  return (
    <video
      ref={releaseVideo}
      src={routes.fileContent(file.id)}
      aria-label={label}
      autoPlay={!still}
      muted
      loop
      playsInline
      onError={() => setUndecodable(true)}
      className={fill}
    />
  )
}
