import { type SyntheticEvent, useState } from 'react'

/**
 * Plays the first of several addresses of one clip that this browser can decode. `url` is null when none is left.
 * Spread `watch` onto the video element.
 */
export const useFirstPlayable = (urls: readonly string[]) => {
  const [tried, setTried] = useState(0)
  const next = (): void => setTried((count) => count + 1)
  return {
    url: urls[tried] ?? null,
    /** 0 for the first address. */
    tried,
    watch: {
      onError: next,
      // A clip whose sound can be decoded but not its pictures plays without an error, and shows nothing.
      onLoadedMetadata: (event: SyntheticEvent<HTMLVideoElement>) => {
        if (event.currentTarget.videoWidth === 0) next()
      },
    },
  }
}
