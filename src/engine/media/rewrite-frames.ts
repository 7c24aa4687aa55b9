import type { ClipReader } from './clip-reader.ts'
import type { ClipWriter } from './clip-writer.ts'
import type { FilterChain } from './filter-chain.ts'
import { type Pace, pacedFrames } from './pace.ts'
import type { Turn } from './rotation.ts'
import { uprightChain } from './upright.ts'

/**
 * Writes every frame that a clip shows at its own tick, in standard range and gamut, on white where it is transparent,
 * turned by `turn` and scaled by `scale`, an FFmpeg filter. `begin` is told of each frame the clip's first time, in
 * seconds, before it is written; `written` up to which second there are frames.
 */
export const rewriteFrames = async (
  reader: ClipReader,
  writer: ClipWriter,
  pace: Pace,
  { turn, scale }: { turn: Turn; scale: string },
  { begin, written }: { begin?: (start: number) => void; written: (seconds: number) => void },
): Promise<void> => {
  let chain: FilterChain | undefined
  for (const { frame, start, tick, stands } of pacedFrames(reader, pace, Infinity)) {
    begin?.(start)
    chain ??= uprightChain(frame, turn, [scale, 'setsar=1'], { num: pace.ticks.den, den: pace.ticks.num })
    frame.pts = BigInt(tick)
    for (const scaled of chain.push(frame)) {
      writer.writeFrame(scaled, { tick, stands })
      scaled.free()
    }
    written(writer.seconds())
    await new Promise((resolve) => setImmediate(resolve))
  }
  chain?.close()
}
