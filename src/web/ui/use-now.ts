import { useEffect, useState } from 'react'

/** The time, in milliseconds since 1970, ticking once a second while `running`. */
export const useNow = (running: boolean): number => {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!running) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [running])
  return now
}
