// Put before the scripts of a page and of its workers by serve.ts: counts what they have to give back.
;(() => {
  // Each of a page's scripts begins with this.
  if ('countingId' in globalThis) return
  const id = Math.random()
  globalThis.countingId = id
  const counts = { frames: 0, bitmaps: 0, decoders: 0, urls: 0, made: 0 }
  const channel = new BroadcastChannel('counting')
  const tell = () => channel.postMessage({ id, counts })

  const open = new WeakSet()
  const take = (what, kind) => {
    open.add(what)
    counts[kind] += 1
    counts.made += 1
    tell()
    return what
  }
  const watchClose = (type, kind) => {
    const { close } = type.prototype
    type.prototype.close = function () {
      if (open.delete(this)) {
        counts[kind] -= 1
        tell()
      }
      return close.call(this)
    }
  }

  const { VideoFrame, VideoDecoder, ImageBitmap, createImageBitmap } = globalThis
  watchClose(VideoFrame, 'frames')
  watchClose(ImageBitmap, 'bitmaps')
  watchClose(VideoDecoder, 'decoders')
  const { clone } = VideoFrame.prototype
  VideoFrame.prototype.clone = function () {
    return take(clone.call(this), 'frames')
  }
  globalThis.VideoFrame = class extends VideoFrame {
    constructor(...values) {
      super(...values)
      take(this, 'frames')
    }
    static [Symbol.hasInstance](value) {
      return value instanceof VideoFrame
    }
  }
  globalThis.VideoDecoder = class extends VideoDecoder {
    constructor({ output, ...rest }) {
      super({ ...rest, output: (frame) => output(take(frame, 'frames')) })
      take(this, 'decoders')
    }
  }
  globalThis.createImageBitmap = async (...values) => take(await createImageBitmap(...values), 'bitmaps')
  const { createObjectURL, revokeObjectURL } = URL
  const urls = new Set()
  URL.createObjectURL = (blob) => {
    const url = createObjectURL.call(URL, blob)
    urls.add(url)
    counts.urls = urls.size
    counts.made += 1
    tell()
    return url
  }
  URL.revokeObjectURL = (url) => {
    urls.delete(url)
    counts.urls = urls.size
    tell()
    revokeObjectURL.call(URL, url)
  }
})()
