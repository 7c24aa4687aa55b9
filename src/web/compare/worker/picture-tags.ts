import { EncodedPacketSink, type InputVideoTrack } from 'mediabunny'

/** A matrix that no such clip has: pictures that come out with it, or with none, say nothing themselves. */
const NONE = { matrix: 'rgb', primaries: 'bt709', transfer: 'bt709', fullRange: false } as const

/** Told by the decoder alone: so is what Chromium takes full range without tags for. */
const isGuess = ({ matrix, transfer, fullRange }: VideoColorSpace): boolean =>
  matrix === null || matrix === NONE.matrix || (transfer === 'iec61966-2-1' && fullRange === true)

/**
 * The matrix that a clip's pictures name themselves, whatever their file says; null where they do not. Found out by
 * decoding the first of them.
 */
export const matrixInPictures = async (track: InputVideoTrack): Promise<string | null> => {
  const config = await track.getDecoderConfig()
  const key = await new EncodedPacketSink(track).getFirstKeyPacket({ verifyKeyPackets: true })
  if (!config || !key) return null
  return new Promise((resolve) => {
    let matrix: string | null = null
    const decoder = new VideoDecoder({
      output: (frame) => {
        if (!isGuess(frame.colorSpace)) matrix = frame.colorSpace.matrix
        frame.close()
      },
      // What cannot be decoded is said when it is to be shown.
      error: () => resolve(null),
    })
    decoder.configure({ ...config, colorSpace: NONE })
    decoder.decode(key.toEncodedVideoChunk())
    decoder.flush().then(
      () => {
        decoder.close()
        resolve(matrix)
      },
      () => resolve(null),
    )
  })
}
