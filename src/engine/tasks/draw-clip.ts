import type { ClipFacts, DrawerOrder } from './drawer-messages.ts'
import { takeDrawer } from './drawing-thread.ts'

/**
 * Draws a clip or a picture in a thread of its own, beside the encoder's: a second one would paint everything again,
 * which takes longer than it saves, and twice the memory. Answers the facts and a clip's frames in order, as 4:2:0 planes
 * at television range, or a picture as RGBA; each holds until the next one is asked for.
 */
export const drawClip = async (order: DrawerOrder): Promise<ClipFacts & { frames: AsyncGenerator<Uint8Array> }> => {
  const drawer = takeDrawer()
  drawer.tell({ kind: 'draw', ...order })
  const facts = await drawer.next()
  if (facts.kind !== 'opened') throw new Error(`a drawing thread began with ${facts.kind}`)
  const frames = async function* () {
    for (let index = 0; index < facts.count; index++) {
      const report = await drawer.next()
      if (report.kind !== 'frame') throw new Error(`frame ${index} is missing`)
      yield report.bytes
      drawer.tell({ kind: 'taken', bytes: report.bytes })
    }
  }
  return { ...facts, frames: frames() }
}
