import { Camera, Video } from 'lucide-react'
import type { MediaKind } from '../../shared/models/file-input.ts'
import { pickFiles } from '../ui/pick-files.ts'

/** What a phone's camera is asked for, by its own app. */
const SHOTS = {
  image: { words: 'Take a photo', accept: 'image/*', Icon: Camera },
  video: { words: 'Record a clip', accept: 'video/*', Icon: Video },
} as const

/** Asks the camera for a picture or a clip. Beside choosing one, for a dialog of the system offers both in few places. */
export const CameraButton = ({ accepts, onShot }: { accepts: MediaKind; onShot: (files: readonly File[]) => void }) => {
  const { words, accept, Icon } = SHOTS[accepts]
  return (
    <button
      type="button"
      onClick={() => pickFiles(accept, onShot, 'camera')}
      className="flex h-11 w-full items-center justify-center gap-1.5 border-t border-line text-soft hover:text-ink"
    >
      <Icon size={16} strokeWidth={1.5} aria-hidden />
      {words}
    </button>
  )
}
