import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useId, useState } from 'react'
import { BIN_DAYS } from '../../shared/library.ts'
import { healthOptions } from '../data/health.ts'
import { isAdmin, meOptions } from '../data/me.ts'
import { showDialog, showRenderers } from '../state/dialogs.ts'
import { useLayout } from '../state/layout.ts'
import { useSearch } from '../state/search.ts'
import { type CardMotion, useSettings } from '../state/settings.ts'
import { useStudio } from '../state/studio.ts'
import { type Theme, useTheme } from '../state/theme.ts'
import { Button } from '../ui/button.tsx'
import { Modal } from '../ui/modal.tsx'
import { Switch } from '../ui/switch.tsx'
import { Segmented } from '../ui/segmented.tsx'

const Row = ({ title, about, children }: { title: string; about?: string; children: ReactNode }) => {
  const id = useId()
  return (
    <div
      role="group"
      aria-labelledby={id}
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line px-4 py-3 first:border-t-0"
    >
      <div className="min-w-0 flex-1 basis-64">
        <h3 id={id}>{title}</h3>
        {about !== undefined && <p className="text-xs leading-[18px] text-faint">{about}</p>}
      </div>
      {children}
    </div>
  )
}

type Permission = NotificationPermission | 'impossible'

const permission = (): Permission => ('Notification' in globalThis ? Notification.permission : 'impossible')

const NOTIFICATION_WORDS: Record<Permission, string> = {
  default: 'The browser will ask whether it may.',
  granted: 'When the queue is empty and the page is not looked at.',
  denied: 'The browser does not let this page: allow it beside the address.',
  impossible: 'This browser has none here: they need localhost or https.',
}

const Notifications = () => {
  const notify = useSettings((state) => state.notify)
  const [allowed, setAllowed] = useState(permission)
  const cannot = allowed === 'denied' || allowed === 'impossible'
  const turn = async () => {
    if (notify) return useSettings.setState({ notify: false })
    const answer = await Notification.requestPermission()
    setAllowed(answer)
    if (answer === 'granted') useSettings.setState({ notify: true })
  }
  return (
    <Row title="Say when takes are done" about={NOTIFICATION_WORDS[allowed]}>
      <Switch
        aria-label="Say when takes are done"
        checked={notify && !cannot}
        disabled={cannot}
        onChange={() => void turn()}
      />
    </Row>
  )
}

/** Who is signed in, and for admins who else may be; nothing where the studio has no accounts. */
const AccountRows = () => {
  const { data: me } = useQuery(meOptions)
  if (!me?.person) return null
  return (
    <>
      <Row title="Account" about={`${me.person.name}${isAdmin(me) ? ', admin' : ''}. API tokens for programs.`}>
        <Button onClick={() => showDialog('account')}>Account…</Button>
      </Row>
      {isAdmin(me) && (
        <Row title="People" about="Who may use this studio, their limits, and who did what.">
          <Button onClick={() => showDialog('people')}>People…</Button>
        </Row>
      )}
    </>
  )
}

/** What a person sets once, and what there is to know of this Rushes. */
export const SettingsDialog = ({ onClose }: { onClose: () => void }) => {
  const { theme, choose } = useTheme()
  const cardMotion = useSettings((state) => state.cardMotion)
  const { data: health } = useQuery(healthOptions)
  return (
    <Modal title="Settings" onClose={onClose}>
      <Row title="Theme">
        <Segmented<Theme>
          label="Theme"
          value={theme}
          options={[
            { value: 'system', label: 'System' },
            { value: 'dark', label: 'Dark' },
            { value: 'light', label: 'Light' },
          ]}
          onChange={choose}
        />
      </Row>
      <Row title="Cards move" about="Where the system asks for less motion, they move only when pointed at.">
        <Segmented<CardMotion>
          label="Cards move"
          value={cardMotion}
          options={[
            { value: 'seen', label: 'All' },
            { value: 'pointed', label: 'Pointed at' },
          ]}
          onChange={(next) => useSettings.setState({ cardMotion: next })}
        />
      </Row>
      <Notifications />
      <Row title="Bin" about={`Takes stay there for ${BIN_DAYS} days, then they are removed.`}>
        <Button
          onClick={() => {
            onClose()
            useSearch.getState().search('in:bin')
            useLayout.getState().open('right')
            useStudio.getState().showTab('takes')
          }}
        >
          Show the bin
        </Button>
      </Row>
      <Row title="Renderers" about="Decart, ComfyUI, fal and others: how they stand, keys and prices.">
        <Button onClick={() => showRenderers()}>Renderers…</Button>
      </Row>
      <AccountRows />
      <Row title="Keys" about="What the keyboard does.">
        <Button onClick={() => showDialog('keys')}>Keys…</Button>
      </Row>
      <Row
        title="About"
        about={health ? `Rushes ${health.version}. Everything lies in your own data folder.` : 'Rushes'}
      >
        <a href="/openapi.json" className="text-soft underline hover:text-ink">
          API
        </a>
      </Row>
    </Modal>
  )
}
