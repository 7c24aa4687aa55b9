import { useQuery } from '@tanstack/react-query'
import { ChevronRight, RefreshCw } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import type { RendererState, RendererStatus } from '../../shared/renderers.ts'
import { isAdmin, meOptions } from '../data/me.ts'
import { settingsOptions, useLookAgain } from '../data/renderer-settings.ts'
import { STATE_WORDS, WHERE_WORDS } from '../data/renderer-words.ts'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { SettingsForm } from './settings-form.tsx'
import { WhatItRuns } from './what-it-runs.tsx'
import { WorkflowList } from './workflow-list.tsx'

const DOTS: Readonly<Record<RendererState, string>> = {
  ready: 'bg-ink',
  off: 'border border-edge',
  unreachable: 'bg-trouble',
  unauthorized: 'bg-trouble',
}

const isInTrouble = (state: RendererState) => state === 'unreachable' || state === 'unauthorized'

/** The servers behind it, where there are several. */
const Servers = ({ servers }: Pick<RendererStatus, 'servers'>) =>
  servers.length < 2 ? null : (
    <ul aria-label="Servers" className="flex flex-col gap-1">
      {servers.map(({ url, state, note, busy }) => (
        <li key={url} className="flex flex-wrap items-baseline gap-x-3">
          <span className="verbatim break-all">{url}</span>
          <span className={classes('text-xs', isInTrouble(state) ? 'text-trouble' : 'text-faint')}>
            {STATE_WORDS[state].toLowerCase()}
            {busy > 0 && ` · ${busy === 1 ? 'a job' : `${busy} jobs`} there`}
          </span>
          {note !== '' && <span className="w-full text-xs break-words text-faint">{note}</span>}
        </li>
      ))}
    </ul>
  )

const LookAgain = ({ status }: { status: RendererStatus }) => {
  const look = useLookAgain(status.name)
  return (
    <span className="flex items-center gap-2">
      <Button size="small" aria-disabled={look.isPending || undefined} onClick={() => !look.isPending && look.mutate()}>
        <RefreshCw size={12} aria-hidden />
        {look.isPending ? 'Looking…' : 'Look again'}
      </Button>
      {look.error && <span className="text-xs text-trouble">{look.error.message}</span>}
    </span>
  )
}

const Inside = ({ status }: { status: RendererStatus }) => {
  const isLocal = status.name === 'local'
  const { data: me, isPending } = useQuery(meOptions)
  const maySet = !isPending && (me === undefined || isAdmin(me))
  const settings = useQuery({ ...settingsOptions(status.name), enabled: !isLocal && maySet })
  return (
    <div className="flex flex-col gap-4 px-4 pt-1 pb-5 sm:pl-10">
      <div className="flex flex-col gap-1">
        <p className={classes('break-words', isInTrouble(status.state) && 'text-trouble')}>{status.note}</p>
        <p className="text-soft">{WHERE_WORDS[status.where]}</p>
        {status.chosen_only && (
          <p className="text-soft">It runs only where you choose it: nothing goes there by itself.</p>
        )}
      </div>
      <Servers servers={status.servers} />
      {settings.data && <SettingsForm status={status} settings={settings.data} />}
      {me && !maySet && !isLocal && <p className="text-soft">How it is reached, and its key, is for admins to set.</p>}
      {settings.error && <p className="text-trouble">{settings.error.message}</p>}
      {!isLocal && status.state !== 'off' && <LookAgain status={status} />}
      {status.name === 'comfyui' && status.state !== 'off' && <WorkflowList />}
      <WhatItRuns status={status} />
    </div>
  )
}

/** One renderer: how it stands in a line, and all there is to know and to set when it is opened. */
export const RendererSection = ({ status, isAsked }: { status: RendererStatus; isAsked: boolean }) => {
  const [open, setOpen] = useState(isAsked)
  const head = useRef<HTMLButtonElement>(null)
  const id = useId()
  useEffect(() => {
    if (!isAsked) return
    head.current?.focus()
    head.current?.scrollIntoView({ block: 'start' })
  }, [isAsked])
  return (
    <section aria-labelledby={`${id}-name`} className="border-b border-line last:border-b-0">
      <h3>
        <button
          ref={head}
          type="button"
          aria-expanded={open}
          aria-controls={`${id}-inside`}
          onClick={() => setOpen(!open)}
          className="flex min-h-12 w-full items-center gap-3 px-4 py-2 text-left outline-offset-[-2px] hover:bg-raised"
        >
          <ChevronRight size={16} aria-hidden className={classes('shrink-0 text-faint', open && 'rotate-90')} />
          <span className={classes('size-2 shrink-0 rounded-full', DOTS[status.state])} aria-hidden />
          <span id={`${id}-name`} className="font-semibold">
            {status.title}
          </span>
          <span
            className={classes('ml-auto text-right text-xs', isInTrouble(status.state) ? 'text-trouble' : 'text-soft')}
          >
            {STATE_WORDS[status.state]}
            <span className="text-faint"> · {status.where}</span>
          </span>
        </button>
      </h3>
      {open && (
        <div id={`${id}-inside`}>
          <Inside status={status} />
        </div>
      )}
    </section>
  )
}
