import { type DragEvent, useState } from 'react'
import { useDropzone } from 'react-dropzone'
import { ImageIcon, Video } from 'lucide-react'
import type { FileResource } from '../../shared/media.ts'
import type { MediaKind } from '../../shared/models/file-input.ts'
import { clearUpload, isOnItsWay, useUploads } from '../data/uploads.ts'
import type { ControlProps } from '../state/control-props.ts'
import { isFile } from '../state/draft.ts'
import { useModel } from '../state/studio.ts'
import { endSlots } from '../state/uses.ts'
import { classes } from '../ui/classes.ts'
import { Field, type FieldControlProps } from '../ui/field.tsx'
import { later } from '../ui/later.tsx'
import { useMediaQuery } from '../ui/use-media-query.ts'
import { arrive } from './arrive.ts'
import { CameraButton } from './camera-button.tsx'
import { FileCard } from './file-card.tsx'
import { HeldCard } from './held-card.tsx'
import { addWholeClip } from './trim/parts.ts'
import type { SlotTrimProps } from './trim/slot-trim.tsx'
import { payloadOf } from './payload.ts'
import { type DragWords, dragWordsOf } from './refusal.ts'
import { SwapEnds } from './swap-ends.tsx'
import { addFile } from './add-file.ts'
import { UploadingCard } from './uploading-card.tsx'
import { UrlImport } from './url-import.tsx'

/** What the file dialog offers. The dialog only filters by it: what is taken is decided by refusalOf and the server. */
const OFFERED = {
  image: { 'image/*': ['.avif', '.webp', '.png', '.jpg', '.jpeg', '.gif'] },
  video: { 'video/*': ['.mp4', '.mov', '.webm', '.mkv', '.m4v'], 'image/gif': ['.gif'] },
} as const

const ICONS = { image: ImageIcon, video: Video } as const

const SlotTrim = later<SlotTrimProps>(async () => (await import('./trim/slot-trim.tsx')).SlotTrim)

/** What can be done with a field that has no file: choose one, give its address, or use the camera of a phone. */
const EmptySlot = ({
  slot,
  title,
  accepts,
  required,
  failed,
  control,
  onOpen,
}: {
  slot: string
  title: string
  accepts: MediaKind
  required: boolean
  /** The address that could not be imported, to be mended. */
  failed: string | null
  control: FieldControlProps
  onOpen: () => void
}) => {
  const byTouch = useMediaQuery('(pointer: coarse)')
  const Icon = ICONS[accepts]
  return (
    <div className="flex flex-wrap">
      <button
        type="button"
        {...control}
        onClick={onOpen}
        className={classes(
          'flex flex-1 items-center justify-center text-soft hover:text-ink',
          required
            ? 'h-18 basis-full flex-col gap-1 pointer-coarse:h-24'
            : 'min-h-10 gap-2 px-2 py-1 leading-4 pointer-coarse:min-h-12',
        )}
      >
        <Icon size={required ? 20 : 16} strokeWidth={1.5} className="shrink-0" aria-hidden />
        <span>
          {byTouch ? 'Choose' : 'Drop, paste or choose'} {accepts === 'image' ? 'an image' : 'a video'}
        </span>
      </button>
      <UrlImport
        title={title}
        brief={!required}
        failed={failed}
        onImport={(url) => void addFile(slot, accepts, { url })}
      />
      {byTouch && (
        <CameraButton
          accepts={accepts}
          onShot={(files) => arrive({ kind: 'files', files }, 'dropped', { slot, accepts })}
        />
      )}
    </div>
  )
}

/** What is said over a field while something is dragged over it. */
const DragVeil = ({ dragged: { fits, words }, hasFile }: { dragged: DragWords; hasFile: boolean }) => (
  <p
    className={classes(
      'pointer-events-none absolute inset-0 z-10 flex items-center justify-center font-medium',
      // What would be replaced still shows through.
      hasFile ? 'bg-sunken/90' : 'bg-sunken',
      !fits && 'text-trouble',
    )}
  >
    {words}
  </p>
)

/** The props of a field and of its file input, and what is dragged over it. `most` is how many files it is dropped. */
const useMediaDrop = (slot: string, accepts: MediaKind, most: 'one' | 'two' | 'many') => {
  const [dragged, setDragged] = useState<DragWords | null>(null)
  const judge = (event: DragEvent) => setDragged(dragWordsOf(event.dataTransfer, accepts, most))
  const { getRootProps, getInputProps, open } = useDropzone({
    multiple: most !== 'one',
    accept: OFFERED[accepts],
    noClick: true,
    noKeyboard: true,
    // Pasting, and what is dropped elsewhere, is heard for the whole page, by page-files.ts.
    noPaste: true,
    preventDropOnDocument: false,
    onDrop: (accepted, rejections) => {
      const files = [...accepted, ...rejections.map(({ file: rejected }) => rejected)]
      if (files.length > 0) arrive({ kind: 'files', files }, 'dropped', { slot, accepts })
    },
  })
  const drop = (event: DragEvent) => {
    setDragged(null)
    const payload = payloadOf(event.dataTransfer)
    if (payload.kind === 'files' || payload.kind === 'nothing') return
    // The dropzone knows files alone, and would swallow anything else.
    event.preventDefault()
    event.stopPropagation()
    arrive(payload, 'dropped', { slot, accepts })
  }
  const rootProps = getRootProps({
    role: 'group',
    tabIndex: undefined,
    onDragEnter: judge,
    onDragOver: judge,
    onDragLeave: (event: DragEvent) => {
      if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setDragged(null)
    },
    onDrop: drop,
  })
  return { dragged, rootProps, getInputProps, open }
}

/** What stands in a field: what is on its way, what waits to be sent, the file, or the ways to one. */
const SlotContent = ({
  field,
  meta,
  slot,
  value,
  onChange,
  control,
  onOpen,
}: ControlProps<'media'> & { control: FieldControlProps; onOpen: () => void }) => {
  const upload = useUploads((state) => state.bySlot[slot])
  const [trimming, setTrimming] = useState<FileResource | File | null>(null)
  const remove = () => {
    clearUpload(slot)
    onChange(undefined)
  }
  const { id } = control
  const { title, accepts } = meta
  return (
    <>
      {isOnItsWay(upload) ? (
        <UploadingCard upload={upload} accepts={accepts} onCancel={() => clearUpload(slot)} />
      ) : upload?.state === 'held' ? (
        <HeldCard id={id} held={upload} onTrim={() => setTrimming(upload.file)} onRemove={() => clearUpload(slot)} />
      ) : isFile(value) ? (
        <FileCard
          id={id}
          title={title}
          file={value}
          onReplace={onOpen}
          onRemove={remove}
          onTrim={() => setTrimming(value)}
          onWhole={(of) => addWholeClip(slot, of)}
        />
      ) : (
        <EmptySlot
          slot={slot}
          title={title}
          accepts={accepts}
          required={field.required}
          failed={upload?.state === 'refused' ? upload.address : null}
          control={control}
          onOpen={onOpen}
        />
      )}
      {trimming && <SlotTrim slot={slot} file={trimming} onClose={() => setTrimming(null)} />}
    </>
  )
}

const borderOf = (dragged: DragWords | null, isWrong: boolean): string => {
  if (dragged) return dragged.fits ? 'border-amber' : 'border-trouble'
  return isWrong ? 'border-trouble' : 'border-edge/60 hover:border-edge'
}

/** A field for one image or one video: click, drop, paste or an address. */
export const MediaControl = (control: ControlProps<'media'>) => {
  const { field, meta, slot, value, error } = control
  const upload = useUploads((state) => state.bySlot[slot])
  const file = isFile(value) ? value : undefined
  const ends = endSlots(useModel())
  const isEnd = slot === ends?.first || slot === ends?.last
  const most = isEnd ? 'two' : field.required ? 'many' : 'one'
  const { dragged, rootProps, getInputProps, open } = useMediaDrop(slot, meta.accepts, most)
  const refusal = upload?.state === 'refused' ? upload.sentence : undefined
  return (
    <Field
      label={meta.title}
      hint={meta.description}
      optional={!field.required}
      aside={ends && slot === ends.last && <SwapEnds {...ends} />}
      // What was refused says nothing against the file that is there and stays.
      error={file ? error : (refusal ?? error)}
      remark={file && refusal && `${refusal} ${file.filename ?? 'The file before it'} stays.`}
    >
      {(props) => (
        <div
          {...rootProps}
          aria-label={meta.title}
          data-media-slot={slot}
          className={classes(
            'relative overflow-hidden rounded border bg-sunken',
            borderOf(dragged, props['aria-invalid']),
          )}
        >
          <input {...getInputProps({ 'aria-label': `${meta.title} file`, tabIndex: -1 })} />
          <SlotContent {...control} control={props} onOpen={open} />
          {dragged && <DragVeil dragged={dragged} hasFile={file !== undefined} />}
        </div>
      )}
    </Field>
  )
}
