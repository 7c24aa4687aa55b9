import { type FormEvent, useState } from 'react'
import type { RendererName } from '../../shared/job.ts'
import type { RendererStatus, SettingName, SettingsAnswer } from '../../shared/renderers.ts'
import { useForgetSettings, useSaveSettings } from '../data/renderer-settings.ts'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { Field, INPUT } from '../ui/field.tsx'
import { draftOf, requestOf, type SettingsDraft } from './settings-draft.ts'

const TITLES: Readonly<Record<SettingName, string>> = { url: 'Address', key: 'Key', headers: 'Headers' }

const HINTS: Readonly<Record<SettingName, string>> = {
  url: 'Where it is reached. Several with commas between them, where it takes several.',
  key: 'Kept on the machine of the server, readable by its owner alone; no page ever sees it again.',
  headers: 'For a proxy in front of it: one a line, as Name: value. They are kept like a key.',
}

/** What is set of it already, as far as that may be shown. */
const setAlready = (name: SettingName, { key, headers }: SettingsAnswer): string => {
  if (name === 'key') return key === null ? '' : 'Set. Type another to replace it.'
  const names = Object.keys(headers)
  return name === 'headers' && names.length > 0 ? `Set: ${names.join(', ')}. What is typed replaces them.` : ''
}

const EXAMPLES: Readonly<Record<SettingName, string>> = {
  url: 'http://',
  key: '',
  headers: 'Authorization: Bearer …',
}

/** Whether that is set, and not by the environment. */
const isSet = (name: SettingName, { url, key, headers, from_environment }: SettingsAnswer): boolean => {
  if (from_environment.includes(name)) return false
  if (name === 'url') return url !== null
  return name === 'key' ? key !== null : Object.keys(headers).length > 0
}

const FromEnvironment = ({ name, settings }: { name: SettingName; settings: SettingsAnswer }) => (
  <div className="flex flex-wrap items-baseline gap-x-2">
    <span className="font-medium text-soft">{TITLES[name]}</span>
    {name === 'url' && settings.url !== null && <span className="verbatim break-all">{settings.url}</span>}
    <span className="text-xs text-faint">
      {name === 'url' ? 'from the environment' : 'set, from the environment'}: it is changed there
    </span>
  </div>
)

const SettingField = ({
  name,
  value,
  error,
  settings,
  onChange,
}: {
  name: SettingName
  value: string
  error: string | undefined
  settings: SettingsAnswer
  onChange: (value: string) => void
}) => (
  <Field
    label={TITLES[name]}
    hint={HINTS[name]}
    error={error}
    note={<span className="text-xs font-normal text-faint"> {setAlready(name, settings)}</span>}
  >
    {(props) => {
      const rest = {
        ...props,
        value,
        placeholder: EXAMPLES[name],
        autoComplete: 'off',
        spellCheck: false,
        onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
      }
      return name === 'headers' ? (
        <textarea rows={2} {...rest} className={classes(INPUT, 'verbatim resize-y py-1.5 font-mono text-xs')} />
      ) : (
        <input
          type={name === 'key' ? 'password' : 'text'}
          inputMode={name === 'url' ? 'url' : undefined}
          {...rest}
          className={classes(INPUT, 'verbatim h-9 pointer-coarse:h-11')}
        />
      )
    }}
  </Field>
)

/** What is typed, what is wrong with it, and its saving. */
const useDraft = (renderer: RendererName, settings: SettingsAnswer) => {
  const [draft, setDraft] = useState<SettingsDraft>(() => draftOf(settings))
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({})
  const save = useSaveSettings(renderer)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (save.isPending) return
    const read = requestOf(draft, settings)
    if ('fields' in read) return setWrong(read.fields)
    setWrong({})
    save.mutate(read.request, {
      // A secret that was taken is not kept in the page.
      onSuccess: () => setDraft((before) => ({ ...before, key: '', headers: '' })),
    })
  }
  const change = (name: SettingName, value: string) => {
    setDraft((before) => ({ ...before, [name]: value }))
    setWrong(({ [name]: _, ...rest }) => rest)
    save.reset()
  }
  return { draft, problems: { ...save.error?.fields, ...wrong }, save, submit, change }
}

/** How to reach a renderer. It is tested before anything is kept, and what is wrong is said at its field. */
export const SettingsForm = ({ status, settings }: { status: RendererStatus; settings: SettingsAnswer }) => {
  const { draft, problems, save, submit, change } = useDraft(status.name, settings)
  const forget = useForgetSettings(status.name)
  const { asks, from_environment } = settings
  const editable = asks.filter((name) => !from_environment.includes(name))
  const said = save.error && !editable.some((name) => problems[name] !== undefined) ? save.error.message : null
  if (asks.length === 0) return null
  return (
    <form onSubmit={submit} noValidate aria-label={`Connect ${status.title}`} className="flex flex-col gap-3">
      {asks.map((name) =>
        editable.includes(name) ? (
          <SettingField
            key={name}
            name={name}
            value={draft[name]}
            error={problems[name]}
            settings={settings}
            onChange={(value) => change(name, value)}
          />
        ) : (
          <FromEnvironment key={name} name={name} settings={settings} />
        ),
      )}
      {said !== null && (
        <p role="alert" className="verbatim break-words text-trouble">
          {said} Nothing was saved.
        </p>
      )}
      {forget.error && (
        <p role="alert" className="text-trouble">
          {forget.error.message}
        </p>
      )}
      {editable.length > 0 && (
        <div className="flex flex-wrap items-center gap-2">
          <Button type="submit" aria-disabled={save.isPending || undefined}>
            {save.isPending ? 'Testing…' : 'Test and save'}
          </Button>
          {asks.some((name) => isSet(name, settings)) && (
            <Button variant="quiet" disabled={forget.isPending} onClick={() => forget.mutate()}>
              Forget
            </Button>
          )}
          <span role="status" className="text-xs text-soft">
            {save.isSuccess && 'It answered. Saved.'}
          </span>
        </div>
      )}
    </form>
  )
}
