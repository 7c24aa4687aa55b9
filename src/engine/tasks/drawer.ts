import { parentPort } from 'node:worker_threads'
import { RushesError } from '../../shared/errors.ts'
import { toFailure } from '../process/failure.ts'
import { toVideo } from '../kernels/planes-rgba.ts'
import {
  AHEAD,
  type DrawerOrder,
  type DrawerReport,
  drawerRequestSchema,
  type EditFrame,
  type EditOrder,
} from './drawer-messages.ts'
import { openSource, prepareSources } from './open-source.ts'

/**
 * A thread of a render's child, without FFmpeg: draws a picture, or a clip's frames as the encoder takes them, and waits
 * while some have not been taken; or restyles an edit's frames as they come.
 */
const send = (report: DrawerReport, transfer: ArrayBuffer[] = []): void => parentPort?.postMessage(report, transfer)

let room = AHEAD
let wake: (() => void) | undefined
const untilRoom = async (): Promise<void> => {
  // The event loop turns between frames in any case: a canvas' pixels that were read are only then given free.
  await new Promise<void>((resolve) => setImmediate(resolve))
  while (room === 0) await new Promise<void>((resolve) => (wake = resolve))
}

/** Memory of frames that were taken. */
const spent: Uint8Array<ArrayBuffer>[] = []
const copyOf = (frame: Uint8Array | Uint8ClampedArray): Uint8Array<ArrayBuffer> => {
  const bytes = spent.pop() ?? new Uint8Array(frame.length)
  bytes.set(frame)
  return bytes
}

const draw = async ({ task, order }: DrawerOrder): Promise<void> => {
  const source = await openSource(task, order)
  const { width, height, fps, count, moved } = source
  send({ kind: 'opened', width, height, fps, count, moved })
  for (let index = 0; index < count; index++) {
    await untilRoom()
    room--
    const frame = (): Uint8Array | Uint8ClampedArray => {
      if (task === 'text-to-image') return source.draw(index)
      return source.video?.(index) ?? toVideo({ width, height, data: source.draw(index) })
    }
    const bytes = copyOf(frame())
    send({ kind: 'frame', bytes }, [bytes.buffer])
  }
}

type Restyle = (frame: EditFrame) => Uint8Array<ArrayBuffer>

/** What restyles frames, from the order on. */
let restyle: Promise<Restyle> = Promise.reject(new Error('a frame before its order'))
restyle.catch(() => undefined)

const open = async (order: EditOrder): Promise<Restyle> => (await import('./restyle.ts')).openRestyle(order)

/** Frames come and go in order: each waits for the same promise. */
const edit = async (frame: EditFrame): Promise<void> => {
  const bytes = (await restyle)(frame)
  send({ kind: 'frame', bytes }, [bytes.buffer])
}

const tell = (error: unknown): void => {
  const known = toFailure(error)
  if (known instanceof RushesError) send({ kind: 'failed', code: known.code, message: known.message })
  else send({ kind: 'defect', stack: known })
}

parentPort?.on('message', (message) => {
  const request = drawerRequestSchema.parse(message)
  switch (request.kind) {
    case 'prepare':
      return void prepareSources().catch(tell)
    case 'draw':
      return void draw(request).catch(tell)
    case 'taken':
      room++
      spent.push(request.bytes)
      wake?.()
      return
    case 'edit':
      restyle = open(request)
      return void restyle.catch(tell)
    case 'frame':
      return void edit(request).catch(tell)
  }
})
