import { cutClip } from './cut-clip.ts'
import { CannotCut } from './open-clip.ts'
import type { CutOrder, CutReport } from './run-cut.ts'

// The page and this file are built together: their messages are typed at both ends by run-cut.ts.
const report = (message: CutReport) => postMessage(message)

const handle = async ({ source, part }: CutOrder): Promise<void> => {
  try {
    report({ name: 'done', blob: await cutClip(source, part, (done) => report({ name: 'progress', done })) })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    report({ name: 'failed', reason: error instanceof CannotCut ? reason : `It could not be cut (${reason}).` })
  }
}

addEventListener('message', ({ data }: MessageEvent<CutOrder>) => void handle(data))
