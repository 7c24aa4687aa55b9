import './no-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { loadKeptForm } from './later-parts.tsx'
import { followAddress } from './state/use-address.ts'
import { Column } from './takes/take-list.tsx'
import { loadAtLast } from './ui/load-at-last.ts'
import './styles.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

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
  // What is looked at first, and has the longest way: its code, and only then the pictures of the takes.
  Column.load().catch(() => undefined)
  // Where the server is away just then, the form asks again.
  loadKeptForm().then(show, show)
}
