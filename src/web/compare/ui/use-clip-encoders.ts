import { useEffect, useState } from 'react'

/** What clips this page can encode. `unknown` until the browser has answered. */
export type ClipEncoders = 'unknown' | 'none' | { h264: boolean }

/** Level 5.1, which takes the largest that is exported. */
const H264 = 'avc1.640033'

export const useClipEncoders = (): ClipEncoders => {
  const [known, setKnown] = useState<ClipEncoders>(typeof VideoEncoder === 'undefined' ? 'none' : 'unknown')
  useEffect(() => {
    if (typeof VideoEncoder === 'undefined') return
    let gone = false
    void VideoEncoder.isConfigSupported({ codec: H264, width: 1280, height: 720 })
      .then(({ supported }) => supported === true)
      .catch(() => false)
      .then((h264) => {
        if (!gone) setKnown({ h264 })
      })
    return () => {
      gone = true
    }
  }, [])
  return known
}
