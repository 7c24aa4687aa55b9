import { useState } from 'react'
import { type DropEvent, useDropzone } from 'react-dropzone'
import { ImageIcon, Video } from 'lucide-react'
import { clearUpload, refuseWith, useUploads } from '../data/uploads.ts'
import type { ControlProps } from '../state/control-props.ts'
import { isFile } from '../state/draft.ts'
import { classes } from '../ui/classes.ts'
import { Field } from '../ui/field.tsx'
import { FileCard } from './file-card.tsx'
import { dragRefusalOf, tooMany } from './refusal.ts'
import { takeIn } from './take-in.ts'
import { UploadingCard } from './uploading-card.tsx'
import { UrlImport } from './url-import.tsx'

/** What the file dialog offers. The dialog only filters by it: what is taken is decided by refusalOf and the server. */
const OFFERED = {
  image: { 'image/*': ['.avif', '.webp', '.png', '.jpg', '.jpeg', '.gif'] },
  video: { 'video/*': ['.mp4', '.mov', '.webm', '.mkv', '.m4v'], 'image/gif': ['.gif'] },
} as const

const ICONS = { image: ImageIcon, video: Video } as const

const draggedBy = (event: DropEvent): Iterable<DataTransferItem> =>
  'dataTransfer' in event ? (event.dataTransfer?.items ?? []) : []

/** A field for one image or one video: click, drop, paste or an address. */
export const MediaControl = ({ field, meta, slot, value, error, onChange }: ControlProps<'media'>) => {
  const upload = useUploads((state) => state.bySlot[slot])
  const { accepts } = meta
  const file = isFile(value) ? value : undefined
  const [unfit, setUnfit] = useState<string | null>(null)
  const judge = (event: DropEvent) => setUnfit(dragRefusalOf(draggedBy(event), accepts))
  const { getRootProps, getInputProps, isDragActive, open } = useDropzone({
    multiple: false,
    accept: OFFERED[accepts],
    noClick: true,
    noKeyboard: true,
    // Pasting is heard for the whole page, by use-page-files.ts.
    noPaste: true,
    onDragEnter: judge,
    onDragOver: judge,
    onDrop: (accepted, rejections) => {
      const count = accepted.length + rejections.length
      if (count > 1) return refuseWith(slot, tooMany(count))
      const dropped = accepted[0] ?? rejections[0]?.file
      if (dropped) void takeIn(slot, accepts, { file: dropped })
    },
  })
  const Icon = ICONS[accepts]
  const refusal = upload?.state === 'refused' ? upload.sentence : undefined
  const remove = () => {
    clearUpload(slot)
    onChange(undefined)
  }
  return (
    <Field label={meta.title} hint={meta.description} optional={!field.required} error={refusal ?? error}>
      {(props) => (
        <div
          {...getRootProps({ role: 'group', tabIndex: undefined })}
          aria-label={meta.title}
          data-media-slot={slot}
          className={classes(
            'relative overflow-hidden rounded border bg-sunken',
            isDragActive
              ? unfit === null
                ? 'border-amber'
                : 'border-trouble'
              : props['aria-invalid']
                ? 'border-trouble'
                : 'border-edge/60 hover:border-edge',
          )}
        >
          <input {...getInputProps({ 'aria-label': `${meta.title} file`, tabIndex: -1 })} />
          {upload?.state === 'uploading' ? (
            <UploadingCard upload={upload} accepts={accepts} onCancel={() => clearUpload(slot)} />
          ) : file ? (
            <FileCard id={props.id} title={meta.title} file={file} onReplace={open} onRemove={remove} />
          ) : (
            <>
              <button
                type="button"
                {...props}
                onClick={open}
                className={classes(
                  'flex w-full items-center justify-center text-soft hover:text-ink',
                  field.required ? 'h-24 flex-col gap-1.5' : 'h-12 gap-2',
                )}
              >
                <Icon size={field.required ? 20 : 16} strokeWidth={1.5} aria-hidden />
                <span>Drop, paste or choose {accepts === 'image' ? 'an image' : 'a video'}</span>
              </button>
              <UrlImport title={meta.title} onImport={(url) => void takeIn(slot, accepts, { url })} />
            </>
          )}
          {isDragActive && (
            <p
              className={classes(
                'pointer-events-none absolute inset-0 z-10 flex items-center justify-center font-medium',
                // What would be replaced still shows through.
                file ? 'bg-sunken/90' : 'bg-sunken',
                unfit !== null && 'text-trouble',
              )}
            >
              {unfit ?? 'Let go to use it'}
            </p>
          )}
        </div>
      )}
    </Field>
  )
}
