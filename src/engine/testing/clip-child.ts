import '../process/promise-with-resolvers.ts'
import { type Answer, orderSchema } from './messages.ts'

/** Makes and inspects clips for tests, outside of the test's process, which node-av would crash when it ends. */
const answer = async (message: unknown): Promise<Answer> => {
  try {
    const order = orderSchema.parse(message)
    if (order.kind === 'make') {
      const { writeClip } = await import('./make-clip.ts')
      writeClip(order.path, order.options)
      return { kind: 'made' }
    }
    const { inspect } = await import('./inspect-clip.ts')
    return { kind: 'inspected', facts: await inspect(order.path, order.frames) }
  } catch (error) {
    return { kind: 'failed', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

process.on('disconnect', () => process.exit(0))
process.once('message', async (message) => {
  process.send?.(await answer(message), () => process.exit(0))
})
