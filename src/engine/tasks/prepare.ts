/**
 * Loads what renders of every task need, before it is known which one will be asked for: half of what a clip waits for
 * otherwise. Stops early when `isWanted` says that the order is there: what it needs is then loaded for it alone.
 */
export const prepare = async (isWanted: () => boolean): Promise<void> => {
  const steps = [
    () => import('./drawing-thread.ts').then(({ prepareDrawer }) => prepareDrawer()),
    () => import('./generate.ts'),
    () => import('./video-edit.ts'),
    () => import('./reading.ts'),
    () => import('./image-edit.ts'),
  ]
  for (const step of steps) {
    if (isWanted()) return
    await step()
  }
}
