import type { Job } from '../../shared/job.ts'
import { jobTitle } from '../data/job-title.ts'
import { progressOf, type Work } from '../data/work.ts'

const takes = (count: number): string => (count === 1 ? 'take' : `${count} takes`)

/** The page's title: what is going on while there is work, then what came of it until somebody looks. */
export const titleOf = (work: Work, unseen: { completed: number; failed: number }): string => {
  const progress = progressOf(work)
  if (progress !== null) {
    const done = work.completed.length + work.failed.length
    const total = done + work.left
    const words = total === 1 ? `${Math.floor(progress * 100)} %` : `${Math.min(done + 1, total)} of ${total}`
    return `${words} · Rushes`
  }
  if (unseen.failed > 0) return `${unseen.failed} failed · Rushes`
  return unseen.completed > 0 ? `✓ ${unseen.completed} done · Rushes` : 'Rushes'
}

/** The icon with a ring of that much progress around it, 0 to 1, as an address. */
export const iconWithRing = (progress: number): string => {
  const length = 2 * Math.PI * 13
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="#161616"/>` +
    `<circle cx="16" cy="16" r="13" fill="none" stroke="#4a4a4a" stroke-width="5"/>` +
    `<circle cx="16" cy="16" r="13" fill="none" stroke="#f2a33a" stroke-width="5" stroke-dasharray="${(length * progress).toFixed(1)} ${length.toFixed(1)}" transform="rotate(-90 16 16)"/>` +
    `<path fill="#d4d4d4" d="M12 10h8v12h-8z"/></svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

/** What is said aloud of takes that have just come into the queue; empty for none. */
export const queuedWords = (count: number): string =>
  count === 0 ? '' : `${count === 1 ? 'Take' : takes(count)} queued.`

/** What is said aloud of takes that have just ended; empty for none. */
export const endedWords = (completed: readonly Job[], failed: readonly Job[]): string => {
  const [first, ...others] = completed
  const [wrong, ...wrongs] = failed
  const sentences = [
    first && (others.length === 0 ? `Take done: ${jobTitle(first)}.` : `${takes(completed.length)} done.`),
    wrong && (wrongs.length === 0 ? `Take failed: ${jobTitle(wrong)}.` : `${takes(failed.length)} failed.`),
  ]
  return sentences.filter((sentence) => sentence !== undefined).join(' ')
}
