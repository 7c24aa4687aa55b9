/**
 * Works through items, so many at once. Rejects with the first failure, once those that had begun are through; the rest
 * is not begun.
 */
export const eachAtOnce = async <T>(
  items: readonly T[],
  lanes: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const left = items.values()
  const failures: unknown[] = []
  const lane = async (): Promise<void> => {
    for (const item of left) {
      if (failures.length > 0) return
      await work(item).catch((error: unknown) => failures.push(error))
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  if (failures.length > 0) throw failures[0]
}
