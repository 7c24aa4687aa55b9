import { type FormEvent, type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { DecartSDKError } from '../../client/errors.ts'
import type { Invitation } from '../../shared/people.ts'
import { lookAtInvitation, lookAtSession, signIn } from '../data/account.ts'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { Field, INPUT } from '../ui/field.tsx'

/** What is known of whoever has come. */
type Visit =
  | { name: 'looking' }
  | { name: 'invited'; invitation: Invitation; token: string }
  /** Nobody has invited them, or by a link that is not good. */
  | { name: 'uninvited'; problem: string | null }
  /** A proxy in front of the studio should have said who they are. */
  | { name: 'by proxy' }
  | { name: 'unreachable'; message: string }

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The server has said no to the link itself. */
const isRefusal = (error: unknown): boolean =>
  error instanceof DecartSDKError && (error.code === 'UNAUTHENTICATED' || error.code === 'INVALID_INPUT')

const look = async (token: string | null, onDone: () => void): Promise<Visit> => {
  try {
    const { auth, signed_in: signedIn } = await lookAtSession()
    // A link that was given to somebody who is signed in already is left for whom it is.
    if (signedIn && (token === null || auth !== 'token')) {
      onDone()
      return { name: 'looking' }
    }
    if (auth === 'proxy') return { name: 'by proxy' }
    if (token === null) return { name: 'uninvited', problem: null }
    return { name: 'invited', invitation: await lookAtInvitation(token), token }
  } catch (error) {
    return isRefusal(error)
      ? { name: 'uninvited', problem: wordsOf(error) }
      : { name: 'unreachable', message: wordsOf(error) }
  }
}

const Uninvited = ({ problem }: { problem: string | null }) => (
  <>
    {problem !== null && (
      <p role="alert" className="text-trouble">
        {problem}
      </p>
    )}
    <p>This studio is for people who were invited. You come in by a link that one of its admins makes for you.</p>
    <p className="text-soft">
      Ask whoever runs the studio: they make links under Settings, People, or on its machine with{' '}
      <code className="font-mono text-xs">npm run invite</code>.
    </p>
  </>
)

const Invited = ({ invitation, token, onDone }: { invitation: Invitation; token: string; onDone: () => void }) => {
  const { name: invitedAs, role, joined } = invitation
  const [name, setName] = useState(invitedAs)
  const [state, setState] = useState<{ busy: boolean; problem: string | null }>({ busy: false, problem: null })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (state.busy) return
    setState({ busy: true, problem: null })
    try {
      await signIn(token, joined ? null : name)
      onDone()
    } catch (error) {
      const atField = error instanceof DecartSDKError ? error.fields?.['name'] : undefined
      setState({ busy: false, problem: atField ?? wordsOf(error) })
    }
  }
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <p>
        {joined ? `Welcome back, ${invitedAs}.` : `You are invited${role === 'admin' ? ' as an admin' : ''}.`}{' '}
        <span className="text-soft">This link is good for once, in this browser.</span>
      </p>
      {joined ? (
        state.problem !== null && (
          <p role="alert" className="text-trouble">
            {state.problem}
          </p>
        )
      ) : (
        <Field
          label="Your name"
          hint="By it the others know whose takes are yours."
          {...(state.problem === null ? {} : { error: state.problem })}
        >
          {(props) => (
            <input
              {...props}
              value={name}
              autoComplete="name"
              maxLength={60}
              className={classes(INPUT, 'h-10')}
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Field>
      )}
      <Button type="submit" variant="accent" className="h-10" aria-disabled={state.busy || undefined}>
        {state.busy ? 'Signing in…' : 'Enter the studio'}
      </Button>
    </form>
  )
}

const Frame = ({ children }: { children: ReactNode }) => (
  <main className="flex h-full flex-col items-center justify-center overflow-y-auto p-4">
    <div className="flex w-full max-w-sm flex-col gap-4 rounded-lg border border-edge bg-panel p-6">
      <h1 className="flex items-center gap-2 text-sm font-semibold">
        <img src="/icon.svg" alt="" className="size-5" />
        Rushes
      </h1>
      {children}
    </div>
  </main>
)

/** Where one comes into the studio: by a link, or is told whom to ask for one. */
export const SignIn = ({ token, onDone }: { token: string | null; onDone: () => void }) => {
  const [visit, setVisit] = useState<Visit>({ name: 'looking' })
  const [tries, setTries] = useState(0)
  const done = useEffectEvent(onDone)
  useEffect(() => {
    let isOver = false
    void look(token, done).then((found) => {
      if (!isOver) setVisit(found)
    })
    return () => {
      isOver = true
    }
    // Asked once, and again by the button.
  }, [token, tries])
  return (
    <Frame>
      {visit.name === 'looking' && <p className="text-soft">Looking…</p>}
      {visit.name === 'invited' && <Invited invitation={visit.invitation} token={visit.token} onDone={onDone} />}
      {visit.name === 'uninvited' && <Uninvited problem={visit.problem} />}
      {visit.name === 'by proxy' && (
        <p>
          This studio knows people by the proxy in front of it, which did not say who you are. Open it by the address
          that you were given for it; if you did, ask whoever runs it.
        </p>
      )}
      {visit.name === 'unreachable' && (
        <>
          <p role="alert" className="text-trouble">
            {visit.message}
          </p>
          <Button onClick={() => setTries(tries + 1)}>Try again</Button>
        </>
      )}
    </Frame>
  )
}
