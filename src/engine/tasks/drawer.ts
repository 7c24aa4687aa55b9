import { parentPort, workerData } from 'node:worker_threads'
import { RushesError } from '../../shared/errors.ts'
import { toFailure } from '../failure.ts'
import { toVideo } from '../media/planes-rgba.ts'
import { type DrawerReport, drawerOrderSchema } from './drawer-messages.ts'
import { openSource } from './open-source.ts'

/**
 * A thread of a render's child, without FFmpeg: draws a clip's frames as the encoder takes them, and waits while `ahead`
 * of them have not been taken. Each message to it says that one was.
 */
const { task, order, ahead } = drawerOrderSchema.parse(workerData)
const send = (report: DrawerReport, transfer: ArrayBuffer[] = []): void => parentPort?.postMessage(report, transfer)

let room = ahead
let wake: (() => void) | undefined
parentPort?.on('message', () => {
  room++
  wake?.()
})
const untilRoom = async (): Promise<void> => {
  // The event loop turns between frames in any case: a canvas' pixels that were read are only then given free.
  await new Promise<void>((resolve) => setImmediate(resolve))
  while (room === 0) await new Promise<void>((resolve) => (wake = resolve))
}

const draw = async (): Promise<void> => {
  const source = await openSource(task, order)
  const { width, height, fps, count } = source
  send({ kind: 'opened', width, height, fps, count })
  for (let index = 0; index < count; index++) {
    await untilRoom()
    room--
    const bytes = source.video?.(index) ?? toVideo({ width, height, data: source.draw(index) })
    send({ kind: 'frame', bytes }, [bytes.buffer])
  }
}

draw().catch((error: unknown) => {
  const known = toFailure(error)
  if (known instanceof RushesError) send({ kind: 'failed', code: known.code, message: known.message })
  else send({ kind: 'defect', stack: known })
})
