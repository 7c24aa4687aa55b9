import { Replace, Scissors, X } from 'lucide-react'
import { useState } from 'react'
import type { FileResource } from '../../shared/media.ts'
import { routes } from '../../shared/routes.ts'
import { clipUrls } from '../data/clip-urls.ts'
import { rendererTitle } from '../data/renderer-titles.ts'
import { makerOf } from '../state/source-limit.ts'
import { useModel } from '../state/studio.ts'
import { useMakers } from '../state/wanted.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { formatBytes, formatFps, formatSeconds, formatSize } from '../ui/format.ts'
import { releaseVideo } from '../ui/release-video.ts'
import { useFirstPlayable } from '../ui/use-first-playable.ts'
import { useMediaQuery } from '../ui/use-media-query.ts'
import { whatBecomesOf } from './file-words.ts'
import { type Trim, useTrims } from './trim/trims.ts'

const facts = ({ media, size_bytes }: FileResource): string =>
  [
    formatSize(media),
    media.duration === null ? null : formatSeconds(media.duration),
    media.fps === null ? null : `${formatFps(media.fps)} fps`,
    formatBytes(size_bytes),
  ]
    .filter((fact) => fact !== null)
    .join(' · ')

/** How much of a clip was taken, with the way back to all of it. */
const TrimLine = ({ trim, onWhole }: { trim: Trim; onWhole: (of: Trim['of']) => void }) => (
  <div className="flex items-center gap-2 border-t border-line py-0.5 pr-1 pl-2.5">
    <p className="min-w-0 flex-1 text-xs text-soft">
      {formatSeconds(trim.seconds)} of {formatSeconds(trim.whole)}
    </p>
    <Button size="small" variant="quiet" onClick={() => onWhole(trim.of)}>
      Whole clip
    </Button>
  </div>
)

/** What the model that is chosen makes of the file, where that is not all of it as it is. */
const Becomes = ({ file }: { file: FileResource }) => {
  const model = useModel()
  const maker = makerOf(useMakers(model).wanted)
  const sentences = whatBecomesOf(file.media, model, { ...maker, title: rendererTitle(maker.renderer) })
  if (sentences.length === 0) return null
  return (
    <ul aria-label="What becomes of it" className="border-t border-line px-2.5 py-1.5 text-xs leading-4 text-soft">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}

/** A file that the server has: the picture, or the clip playing without sound, and what is known of it. */
export const FileCard = ({
  id,
  title,
  file,
  onReplace,
  onRemove,
  onTrim,
  onWhole,
}: {
  id: string
  title: string
  file: FileResource
  onReplace: () => void
  onRemove: () => void
  onTrim: () => void
  onWhole: (of: Trim['of']) => void
}) => {
  const name = file.filename ?? file.id
  const trim = useTrims((state) => state.trims[file.id])
  const isClip = file.media.kind === 'video' && file.media.codec !== 'gif'
  return (
    <>
      <div className="flex items-stretch">
        <div className="relative flex h-16 w-28 shrink-0 items-center justify-center bg-room pointer-coarse:h-[92px]">
          <Preview key={file.id} file={file} label={`${title}: ${name}`} />
          {isClip && (
            <IconButton
              label={`Trim ${title.toLowerCase()}`}
              className="absolute right-1 bottom-1 bg-black/60 text-white hover:bg-black/80 hover:text-white"
              onClick={onTrim}
            >
              <Scissors size={14} aria-hidden />
            </IconButton>
          )}
        </div>
        <div className="min-w-0 flex-1 self-center px-2.5 leading-4">
          <p className="verbatim truncate" data-tip={name}>
            {name}
          </p>
          <p className="text-xs leading-4 text-faint">{facts(file)}</p>
        </div>
        <div className="flex flex-col justify-center pr-1">
          <IconButton id={id} label={`Replace ${title.toLowerCase()}`} onClick={onReplace}>
            <Replace size={16} aria-hidden />
          </IconButton>
          <IconButton label={`Remove ${title.toLowerCase()}`} onClick={onRemove}>
            <X size={16} aria-hidden />
          </IconButton>
        </div>
      </div>
      {trim && <TrimLine trim={trim} onWhole={onWhole} />}
      <Becomes file={file} />
    </>
  )
}

/** Two greys that neither a white nor a black picture is lost on. */
const CHECKERBOARD = 'bg-[repeating-conic-gradient(#8f8f8f_0_25%,#b9b9b9_0_50%)] bg-[length:12px_12px]'

/** A clip plays; a picture, and what no browser plays, is the server's still. */
const Preview = ({ file, label }: { file: FileResource; label: string }) => {
  const { url, watch } = useFirstPlayable(file.media.kind === 'image' ? [] : clipUrls(file))
  const [gone, setGone] = useState(false)
  const still = useMediaQuery('(prefers-reduced-motion: reduce)')
  // What is transparent shows a checkerboard.
  const fill = classes('max-h-full max-w-full object-contain', file.media.has_alpha && CHECKERBOARD)
  // The draft outlives a server whose data was cleared.
  if (gone) return <p className="px-4 text-center text-trouble">No longer on the server: add it again.</p>
  // A still of a large picture is plenty for a card, and spares decoding tens of megapixels.
  if (url === null)
    return <img src={routes.fileThumbnail(file.id)} alt={label} onError={() => setGone(true)} className={fill} />
  return (
    <video
      ref={releaseVideo}
      key={url}
      src={url}
      aria-label={label}
      autoPlay={!still}
      muted
      loop
      playsInline
      {...watch}
      className={fill}
    />
  )
}
