/**
 * A ref for videos. One that has left the page would go on loading, from an address that may be gone by then, until it
 * is collected: it is told to let go. One that is still there, as when React mounts twice in development, is left alone.
 */
export const releaseVideo = (video: HTMLVideoElement) => () =>
  queueMicrotask(() => {
    if (video.isConnected) return
    video.removeAttribute('src')
    video.load()
  })
