/** So far into a file its profile and thumbnail may reach. Bytes. */
const HEAD = 4 * 1024 ** 2

/** Whether a marker begins a frame (ITU-T T.81, table B.1): C0 to CF without the tables DHT, JPG and DAC. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** Whether a file is a JPEG of four components, made for print. */
export const isCmykJpeg = async (blob: Blob): Promise<boolean> => {
  const start = new Uint8Array(await blob.slice(0, 2).arrayBuffer())
  if (start[0] !== 0xff || start[1] !== 0xd8) return false
  const bytes = new DataView(await blob.slice(0, HEAD).arrayBuffer())
  for (let at = 2; at + 10 <= bytes.byteLength;) {
    if (bytes.getUint8(at) !== 0xff) return false
    const marker = bytes.getUint8(at + 1)
    if (isFrame(marker)) return bytes.getUint8(at + 9) === 4
    // Fill bytes before a marker.
    at += marker === 0xff ? 1 : 2 + bytes.getUint16(at + 2)
  }
  return false
}
