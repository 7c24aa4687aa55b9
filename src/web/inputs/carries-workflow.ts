/** Bytes at the beginning of a PNG within which its texts stand, after its colours. */
const PNG_HEAD = 1 << 20
/** The most that is read of one part of a file. */
const PART = 8 << 20
/** Chunks or boxes after which a file is not looked into any further. */
const MAX_PARTS = 4000

const bytesOf = async (file: Blob, from: number, to: number): Promise<DataView> =>
  new DataView(await file.slice(from, to).arrayBuffer())

const textOf = (view: DataView, from = 0, length = view.byteLength - from): string =>
  new TextDecoder('latin1').decode(
    new Uint8Array(view.buffer, from, Math.max(0, Math.min(length, view.byteLength - from))),
  )

const holdsGraph = (text: string): boolean => text.includes('"class_type"') || /(prompt|workflow):\s*\{/.test(text)

/** A PNG: texts are called `prompt` or `workflow`, and stand before the picture's own bytes. */
const inPng = async (file: Blob): Promise<boolean> => {
  const head = await bytesOf(file, 0, PNG_HEAD)
  for (let at = 8; at + 8 <= head.byteLength;) {
    const length = head.getUint32(at)
    const type = textOf(head, at + 4, 4)
    if (type === 'IDAT') return false
    if (['tEXt', 'zTXt', 'iTXt'].includes(type) && /^(prompt|workflow)\0/.test(textOf(head, at + 8, 12))) return true
    at += 12 + length
  }
  return false
}

/** A WebP: words of its EXIF part, which comes after the frames. */
const inWebp = async (file: Blob): Promise<boolean> => {
  for (let at = 12, part = 0; at + 8 <= file.size && part < MAX_PARTS; part++) {
    const head = await bytesOf(file, at, at + 8)
    const length = head.getUint32(4, true)
    if (textOf(head, 0, 4) === 'EXIF')
      return holdsGraph(textOf(await bytesOf(file, at + 8, at + 8 + Math.min(length, PART))))
    at += 8 + length + (length % 2)
  }
  return false
}

/** An MP4 or MOV: words of its `moov` box. */
const inMp4 = async (file: Blob): Promise<boolean> => {
  for (let at = 0, part = 0; at + 16 <= file.size && part < MAX_PARTS; part++) {
    const head = await bytesOf(file, at, at + 16)
    const short = head.getUint32(0)
    const length = short === 1 ? Number(head.getBigUint64(8)) : short === 0 ? file.size - at : short
    if (length < 8) return false
    if (textOf(head, 4, 4) === 'moov') return holdsGraph(textOf(await bytesOf(file, at, at + Math.min(length, PART))))
    at += length
  }
  return false
}

/** A WebM or MKV: tags stand at its beginning or at its end. */
const inMatroska = async (file: Blob): Promise<boolean> =>
  holdsGraph(textOf(await bytesOf(file, 0, PNG_HEAD))) ||
  holdsGraph(textOf(await bytesOf(file, Math.max(0, file.size - PNG_HEAD), file.size)))

/**
 * Whether a picture or a clip seems to carry a ComfyUI workflow, read off a few of its bytes. The server has the last
 * word. Resolves to false where the file cannot be read.
 */
export const carriesWorkflow = async (file: Blob): Promise<boolean> => {
  try {
    const head = await bytesOf(file, 0, 12)
    if (head.byteLength < 12) return false
    if (head.getUint32(0) === 0x89504e47) return await inPng(file)
    if (head.getUint32(0) === 0x1a45dfa3) return await inMatroska(file)
    if (textOf(head, 0, 4) === 'RIFF' && textOf(head, 8, 4) === 'WEBP') return await inWebp(file)
    return textOf(head, 4, 4) === 'ftyp' && (await inMp4(file))
  } catch {
    return false
  }
}
