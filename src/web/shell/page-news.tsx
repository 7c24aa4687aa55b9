import { useEffect, useRef, useState } from 'react'
import { jobsById, jobStore } from '../data/job-store.ts'
import { followWork, progressOf, useWork, type Work } from '../data/work.ts'
import { useSettings } from '../state/settings.ts'
import { endedWords, iconWithRing, queuedWords, titleOf } from './work-words.ts'

/** Milliseconds in which what comes and ends is said together: a batch of pictures would otherwise talk without end. */
const TOGETHER = 1000

const iconLink = (): HTMLLinkElement | null => document.querySelector('link[rel="icon"]')
const ICON = '/icon.svg'

const isNew = (now: Work['completed'], before: Work['completed']) => now.filter((id) => !before.includes(id))

/** The system's own message, where the person has asked for it and does not look at the page. One for all tabs. */
const notify = (words: string) => {
  const asked = useSettings.getState().notify && document.hidden && words !== ''
  if (!asked || !('Notification' in globalThis) || Notification.permission !== 'granted') return
  try {
    const shown = new Notification('Rushes', { body: words, tag: 'rushes.done', icon: ICON })
    shown.addEventListener('click', () => {
      window.focus()
      shown.close()
    })
  } catch {
    // A phone shows those of service workers alone.
  }
}

/** What comes and ends while one looks elsewhere: in the page's title and icon, aloud, and as a message of the system. */
export const PageNews = () => {
  const [said, setSaid] = useState('')
  const work = useWork()
  const unseen = useRef({ completed: 0, failed: 0 })

  useEffect(() => followWork(jobStore), [])

  useEffect(() => {
    document.title = titleOf(work, unseen.current)
    const link = iconLink()
    const progress = progressOf(work)
    // Fiftieths: a new address for every percent would be drawn without being seen.
    if (link) link.href = progress === null ? ICON : iconWithRing(Math.round(progress * 50) / 50)
  }, [work])

  useEffect(() => {
    let ended: Pick<Work, 'completed' | 'failed'> = { completed: [], failed: [] }
    let queued = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const notifyAll = () => {
      timer = undefined
      setSaid(
        [queuedWords(queued), endedWords(jobsById(ended.completed), jobsById(ended.failed))]
          .filter((words) => words !== '')
          .join(' '),
      )
      ended = { completed: [], failed: [] }
      queued = 0
    }
    const stop = useWork.subscribe((now, before) => {
      const [completed, failed] = [isNew(now.completed, before.completed), isNew(now.failed, before.failed)]
      if (completed.length + failed.length > 0) {
        ended = { completed: [...ended.completed, ...completed], failed: [...ended.failed, ...failed] }
        timer ??= setTimeout(notifyAll, TOGETHER)
        if (document.hidden)
          unseen.current = {
            completed: unseen.current.completed + completed.length,
            failed: unseen.current.failed + failed.length,
          }
      }
      if (now.left > before.left) {
        queued += now.left - before.left
        timer ??= setTimeout(notifyAll, TOGETHER)
      }
      if (now.left === 0 && before.left > 0) notify(endedWords(jobsById(now.completed), jobsById(now.failed)))
    })
    const look = () => {
      if (document.hidden) return
      unseen.current = { completed: 0, failed: 0 }
      document.title = titleOf(useWork.getState(), unseen.current)
    }
    document.addEventListener('visibilitychange', look)
    return () => {
      stop()
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [])

  return (
    <p role="status" aria-label="News" className="sr-only">
      {said}
    </p>
  )
}
