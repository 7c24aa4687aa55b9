import type { RendererName } from '../../shared/job.ts'
import type { Notices } from '../notices.ts'

const wordsFor = (names: readonly RendererName[]): string =>
  `Jobs wait for ${names.join(', ')}, and no worker takes them just now. They begin by themselves once one runs that does (its RENDERERS names it, or nothing) and has room on its disk.`

/**
 * Says while jobs wait for renderers that no worker takes. It is to be told of these at every look, and says it at the
 * second in a row: a worker that is started anew is away for a moment.
 */
export const watchUnserved = (notices: Pick<Notices, 'say' | 'clear'>): ((names: readonly RendererName[]) => void) => {
  let before: readonly RendererName[] = []
  return (names) => {
    const lasting = names.filter((name) => before.includes(name))
    before = names
    if (lasting.length === 0) notices.clear('NO_WORKER')
    else notices.say('NO_WORKER', wordsFor(lasting))
  }
}
