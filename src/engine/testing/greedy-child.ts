/** Takes two gigabytes in one go, as a decoder would: no timer of this process runs meanwhile. */
const taken: Buffer[] = []

process.on('disconnect', () => process.exit(0))
process.once('message', () => {
  process.send?.({ type: 'begun', id: 1 })
  for (let part = 0; part < 128; part++) taken.push(Buffer.alloc(16 * 1024 ** 2, part))
  process.send?.({ type: 'done', id: 1, result: { kind: 'prepared' } })
})
