import './no-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { loadKeptForm } from './later-parts.tsx'
import { readAddress } from './state/address.ts'
import { followAddress } from './state/use-address.ts'
import { Column } from './takes/take-list.tsx'
import { endFirstLook } from './data/first-look.ts'
import { loadAtLast } from './ui/load-at-last.ts'
import './styles.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

/** Milliseconds for which the page waits for the library before it is drawn without it. */
const SOON = 200

const show = () =>
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )

if (location.pathname === '/sign-in')
  void loadAtLast(() => import('./sign-in/sign-in-page.tsx')).then(({ showSignIn }) => showSignIn(root))
else {
  followAddress()
  // Whoever follows the address of a take or a comparison came for that.
  if (['take', 'comparison'].includes(readAddress(location).view.name)) endFirstLook()
  // Drawn with the form where it comes soon, since it has the longest way: its code, and only then the takes' pictures.
  const library = Promise.race([Column.load(), new Promise((resolve) => setTimeout(resolve, SOON))])
  // Where the server is away just then, both ask again.
  Promise.all([loadKeptForm(), library]).then(show, show)
}
