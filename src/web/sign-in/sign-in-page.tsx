import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { readPlace } from './place.ts'
import { SignIn } from './sign-in.tsx'

/** The page to sign in at, in the place of the studio. */
export const showSignIn = (root: HTMLElement): void => {
  const place = readPlace(location)
  document.title = 'Sign in · Rushes'
  createRoot(root).render(
    <StrictMode>
      {/* Not a step of the way back, for the link is good for once. */}
      <SignIn token={place.token} onDone={() => location.replace(place.to)} />
    </StrictMode>,
  )
}
