/**
 * How long a clip of this machine is, as far as this browser tells without reading all of it. Null where it does not:
 * the server looks at it then.
 */
export const clipSeconds = (file: File): Promise<number | null> => {
  const video = document.createElement('video')
  if (!file.type.startsWith('video/') || video.canPlayType(file.type) === '') return Promise.resolve(null)
  const url = URL.createObjectURL(file)
  return new Promise<number | null>((resolve) => {
    video.preload = 'metadata'
    video.onloadedmetadata = () => resolve(Number.isFinite(video.duration) ? video.duration : null)
    video.onerror = () => resolve(null)
    video.src = url
  }).finally(() => {
    video.removeAttribute('src')
    URL.revokeObjectURL(url)
  })
}
