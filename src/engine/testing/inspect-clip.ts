import { readFileSync } from 'node:fs'
import { AV_CODEC_ID_NONE, AVMEDIA_TYPE_AUDIO } from 'node-av/constants'
import { avGetCodecName, avGetPixFmtName, Packet } from 'node-av/lib'
import { openClip } from '../media/clip-reader.ts'
import { demuxerOf } from '../media/demuxer-of.ts'
import { videoChain } from '../media/filter-chain.ts'
import type { ClipFacts } from './messages.ts'

const isFaststart = (path: string): boolean => {
  const bytes = readFileSync(path)
  const at = (name: string): number => bytes.indexOf(name, 0, 'latin1')
  return at('moov') > 0 && at('moov') < at('mdat')
}

/** Decodes a whole clip and tells what is in it. Runs in the forked script alone. */
export const inspect = async (path: string, frames: readonly number[]): Promise<ClipFacts> => {
  const demuxer = await demuxerOf(path)
  const packets = openClip(path, demuxer)
  const packet = new Packet()
  packet.alloc()
  const keyframes: number[] = []
  for (let index = 0; packets.format.readFrameSync(packet) >= 0; packet.unref())
    if (packet.streamIndex === packets.video.index) {
      if (packet.isKeyframe) keyframes.push(index)
      index++
    }
  packets.close()

  const reader = openClip(path, demuxer)
  const { codecpar, avgFrameRate, timeBase } = reader.video
  const audio = reader.format.streams.find((stream) => stream.codecpar.codecType === AVMEDIA_TYPE_AUDIO)
  const chain = videoChain('scale=flags=bilinear+accurate_rnd+full_chroma_int,format=rgba', timeBase)
  const times: number[] = []
  const pixels: ClipFacts['pixels'] = {}
  for (let next = reader.read(); next; next = reader.read()) {
    if (frames.includes(times.length))
      for (const frame of chain.push(next.frame)) pixels[times.length] = Uint8Array.from(frame.toBuffer())
    times.push(next.time)
  }
  const stated = Number(reader.video.duration) * (timeBase.num / timeBase.den)
  return {
    codec: reader.codec,
    profile: codecpar.profile,
    pix_fmt: avGetPixFmtName(codecpar.format as Parameters<typeof avGetPixFmtName>[0]) ?? '',
    color: {
      space: codecpar.colorSpace,
      primaries: codecpar.colorPrimaries,
      transfer: codecpar.colorTrc,
      range: codecpar.colorRange,
    },
    width: codecpar.width,
    height: codecpar.height,
    duration: stated > 0 ? stated : Number(reader.format.duration) / 1e6,
    fps: avgFrameRate.num / avgFrameRate.den,
    times,
    keyframes,
    audio: audio ? avGetCodecName(audio.codecpar.codecId ?? AV_CODEC_ID_NONE) : null,
    comment: reader.format.metadata?.get('comment') ?? null,
    faststart: isFaststart(path),
    pixels,
  }
}
