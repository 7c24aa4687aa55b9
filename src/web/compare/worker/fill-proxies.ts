import type { Onward } from './onward.ts'
import type { ProxyFrames } from './proxy-frames.ts'

/** Makes the copies of a clip's frames that are still missing, in order, with a decoder of its own. */
export type ProxyFiller = {
  isDone: () => boolean
  /** Goes on until all are there or `pause` is called. */
  fill: () => void
  pause: () => void
  close: () => Promise<void>
}

/** `done` is called when there is nothing more to do: what `open` gave is closed then. */
export const createProxyFiller = <Frame>(
  proxies: { missing: ProxyFrames['missing']; put: (index: number, frame: Frame) => Promise<void> },
  open: () => Onward<Frame>,
  done: () => void,
): ProxyFiller => {
  let reading: Onward<Frame> | undefined
  let state: 'paused' | 'filling' | 'done' = 'paused'
  let running: Promise<void> | undefined

  const run = async () => {
    let index = proxies.missing(0)
    while (state === 'filling' && index !== undefined) {
      reading ??= open()
      const found = await reading.frameOf(index)
      // It ends sooner than it says.
      if (found?.index !== index) break
      await proxies.put(index, found.frame)
      index = proxies.missing(index)
    }
  }

  const runToEnd = async () => {
    // What cannot be decoded is said where it is to be shown.
    await run().catch(() => undefined)
    if (state !== 'filling') return
    state = 'done'
    await reading?.close()
    done()
  }

  return {
    isDone: () => state === 'done',
    fill: () => {
      if (state !== 'paused') return
      state = 'filling'
      running = (running ?? Promise.resolve()).then(runToEnd)
    },
    pause: () => {
      if (state === 'filling') state = 'paused'
    },
    close: async () => {
      state = 'done'
      // Closed twice: to end what is being decoded, and to let go of what came of it.
      await reading?.close()
      await running
      await reading?.close()
    },
  }
}
