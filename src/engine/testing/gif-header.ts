/** A GIF of a few bytes whose screen is as large as it says: two frames, each of one pixel in its corner. */
export const gifHeader = (width: number, height: number): Buffer => {
  const screen = Buffer.alloc(7)
  screen.writeUInt16LE(width, 0)
  screen.writeUInt16LE(height, 2)
  // A palette of two colours follows.
  screen[4] = 0x80
  const palette = Buffer.from([0, 0, 0, 255, 255, 255])
  const delay = Buffer.from([0x21, 0xf9, 4, 0, 10, 0, 0, 0])
  const image = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0])
  const pixel = Buffer.from([2, 2, 0x44, 1, 0])
  const frame = Buffer.concat([delay, image, pixel])
  return Buffer.concat([Buffer.from('GIF89a'), screen, palette, frame, frame, Buffer.from([0x3b])])
}
