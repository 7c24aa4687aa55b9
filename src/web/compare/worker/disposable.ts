/** NAL unit types of ITU-T H.264, table 7-1: slices of a picture, and of one that anything may begin with. */
const [SLICE, IDR] = [1, 5]

/** Whether the decoder of this configuration gets H.264 with lengths before its units, and of how many bytes they are. */
export const lengthSizeOf = ({ codec, description }: VideoDecoderConfig): number | null => {
  if (!/^avc[13]\./.test(codec) || !description) return null
  const bytes = ArrayBuffer.isView(description)
    ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength)
    : new Uint8Array(description)
  // ISO/IEC 14496-15, 5.3.3.1: lengthSizeMinusOne is in the last two bits of the fifth byte.
  return bytes.length > 4 ? ((bytes[4] ?? 0) & 3) + 1 : null
}

/** Whether no other picture refers to this one (its nal_ref_idc is 0), so that it may be left out on the way to another. */
export const isDisposable = (packet: Uint8Array, lengthSize: number): boolean => {
  let slices = 0
  for (let at = 0; at + lengthSize < packet.length;) {
    let length = 0
    for (let byte = 0; byte < lengthSize; byte++) length = length * 256 + (packet[at + byte] ?? 0)
    const header = packet[at + lengthSize] ?? 0
    const type = header & 31
    if (type === SLICE || type === IDR) {
      if ((header >> 5) & 3) return false
      slices += 1
    }
    at += lengthSize + length
  }
  return slices > 0
}
