import type { Notices } from './notices.ts'
import { explainDiskError } from './disk-errors.ts'
import type { Reserve } from './store/reserve.ts'

const LOOK_MS = 5000

const FULL =
  'The disk of the data folder is full. Everything that is there can be looked at and downloaded, but nothing new can be made or kept until there is room: free some space, and Rushes goes on by itself.'

/**
 * Keeps the reserve, and says while the disk takes nothing: a studio on a full disk is there to look at and to free space
 * from, and goes on when there is some: `onRoom` is told.
 */
export const watchStorage = ({
  reserve,
  notices,
  onRoom,
}: {
  reserve: Reserve
  notices: Notices
  onRoom: () => void
}) => {
  let room = true
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const look = async (): Promise<void> => {
    const why = await reserve.fill()
    const failure = explainDiskError(why)
    const hadRoom = room
    room = why === null
    if (room) notices.clear('DISK_FULL')
    else
      notices.say(
        'DISK_FULL',
        failure instanceof Error && 'code' in failure && failure.code !== 'DISK_FULL' ? failure.message : FULL,
      )
    if (room && !hadRoom) onRoom()
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(() => void look(), LOOK_MS).unref()
  }
  return {
    /** Looks now, and every few seconds from then on. */
    look,
    hasRoom: () => room,
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
