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

/** How many have ended since the page was last looked at. */
type Unseen = { completed: number; failed: number }
const NONE_UNSEEN: Unseen = { completed: 0, failed: 0 }

/** The page's title and icon: how far the work is, and what ended while one looked elsewhere. */
const useTitle = () => {
  const work = useWork()
  const unseen = useRef(NONE_UNSEEN)
  useEffect(() => {
    document.title = titleOf(work, unseen.current)
    const link = iconLink()
    const progress = progressOf(work)
    // Fiftieths: a new address for every percent would be drawn without being seen.
    if (link) link.href = progress === null ? ICON : iconWithRing(Math.round(progress * 50) / 50)
  }, [work])
  useEffect(() => {
    const stop = useWork.subscribe((now, before) => {
      if (!document.hidden) return
      unseen.current = {
        completed: unseen.current.completed + isNew(now.completed, before.completed).length,
        failed: unseen.current.failed + isNew(now.failed, before.failed).length,
      }
    })
    const look = () => {
      if (document.hidden) return
      unseen.current = NONE_UNSEEN
      document.title = titleOf(useWork.getState(), unseen.current)
    }
    document.addEventListener('visibilitychange', look)
    return () => {
      stop()
      document.removeEventListener('visibilitychange', look)
    }
  }, [])
}

/** What is to be said of work that comes and ends, all of a moment together. */
const useSaid = (): string => {
  const [said, setSaid] = useState('')
  useEffect(() => {
    let ended: Pick<Work, 'completed' | 'failed'> = { completed: [], failed: [] }
    let queued = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const sayAll = () => {
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
      const more = Math.max(0, now.left - before.left)
      if (completed.length + failed.length + more === 0) return
      ended = { completed: [...ended.completed, ...completed], failed: [...ended.failed, ...failed] }
      queued += more
      timer ??= setTimeout(sayAll, TOGETHER)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [])
  return said
}

/** Has the system tell, where it was asked to, that all is done. */
const notifyWhenDone = (): (() => void) =>
  useWork.subscribe((now, before) => {
    if (now.left === 0 && before.left > 0) notify(endedWords(jobsById(now.completed), jobsById(now.failed)))
  })

/** What comes and ends while one looks elsewhere: in the page's title and icon, aloud, and as a message of the system. */
export const PageNews = () => {
  useEffect(() => followWork(jobStore), [])
  useTitle()
  const said = useSaid()
  useEffect(notifyWhenDone, [])
  return (
    <p role="status" aria-label="News" className="sr-only">
      {said}
    </p>
  )
}
