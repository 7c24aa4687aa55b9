import { useEffect } from 'react'
import type { Viewer } from '../../compare/viewer.ts'
import { isSameAddress, readAddress, writeAddress } from '../../state/address.ts'

/** Milliseconds from a change until the address has it: browsers refuse an address that changes all the time. */
const SETTLED = 500

/** Puts what a comparison is looked at like into the address, where it names the same things, as no new step. */
const putHash = (hash: string): void => {
  const now = readAddress(location)
  const looked = { ...now, view: { name: 'comparison' as const, hash } }
  if (isSameAddress(now, looked)) history.replaceState(history.state, '', writeAddress(looked))
}

/** Keeps the address of the open comparison as it is looked at. `hashOf` is null where nobody else could open it. */
export const useAddressed = (viewer: Viewer | undefined, hashOf: (viewer: Viewer) => string | null): void =>
  useEffect(() => {
    if (!viewer) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        const hash = hashOf(viewer)
        if (hash !== null) putHash(hash)
      }, SETTLED)
    }
    soon()
    const stop = viewer.subscribe(soon)
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [viewer, hashOf])
