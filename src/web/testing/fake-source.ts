import { vi } from 'vitest'

/** The part of EventSource that the studio uses, driven by the test. Stands in for the browser's once stubbed. */
export class FakeSource extends EventTarget {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSED = 2
  static all: FakeSource[] = []
  readyState = FakeSource.CONNECTING
  constructor() {
    super()
    FakeSource.all.push(this)
  }
  close() {
    this.readyState = FakeSource.CLOSED
  }
  opens() {
    this.readyState = FakeSource.OPEN
    this.dispatchEvent(new Event('open'))
  }
  breaks(readyState: number) {
    this.readyState = readyState
    this.dispatchEvent(new Event('error'))
  }
  sends(data: string, name = 'job') {
    this.dispatchEvent(new MessageEvent(name, { data }))
  }
}

export const stubSource = () => {
  FakeSource.all = []
  vi.stubGlobal('EventSource', FakeSource)
}

/** The stream that was opened last. */
export const newestSource = (): FakeSource => {
  const source = FakeSource.all.at(-1)
  if (!source) throw new Error('no stream was opened')
  return source
}

/** Hides the page, or shows it again. */
export const hidePage = (hidden: boolean) => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden)
  document.dispatchEvent(new Event('visibilitychange'))
}
