import { StrictMode, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { readPlace } from './place.ts'
import { SignIn } from './sign-in.tsx'

/** The place that the address names now: a link that is opened where this page stands already changes its end alone. */
const usePlace = () => {
  const [place, setPlace] = useState(() => readPlace(location))
  useEffect(() => {
    const look = () => setPlace(readPlace(location))
    addEventListener('hashchange', look)
    return () => removeEventListener('hashchange', look)
  }, [])
  return place
}

const Page = () => {
  const { token, to } = usePlace()
  // Not a step of the way back, for the link is good for once.
  return <SignIn key={token} token={token} onDone={() => location.replace(to)} />
}

/** The page to sign in at, in the place of the studio. */
export const showSignIn = (root: HTMLElement): void => {
  document.title = 'Sign in · Rushes'
  createRoot(root).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  )
}
