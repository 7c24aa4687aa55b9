/** Sets this process's clock wrong by so many milliseconds, for tests. Timers and the monotonic clock go on as they were. */
export const skewClock = (ms: number): void => {
  const Right = Date
  globalThis.Date = class extends Right {
    constructor(...given: [] | [value: number | string | Date]) {
      if (given.length === 0) super(Right.now() + ms)
      else super(...given)
    }
    static override now(): number {
      return Right.now() + ms
    }
  } as DateConstructor
}
