import { RushesError } from '../../../shared/errors.ts'
import { SETTINGS, type SettingName, type SettingsAnswer, type SettingsRequest } from '../../../shared/renderers.ts'
import { partsIn, isHttpAddress, withScheme } from '../../outgoing/addresses.ts'
import type { Dialect, Settings } from './dialect.ts'
import { parseJson } from './answers.ts'
import { z } from 'zod'

/** What the studio has set of a renderer, as it is kept. */
export const keptSettingsSchema = z.object({
  url: z.string().optional(),
  key: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
})
export type KeptSettings = z.infer<typeof keptSettingsSchema>

export type Variable = (name: string) => string | undefined

const headersSchema = z.record(z.string(), z.string())

const fromEnvironment = ({ variables }: Dialect, variable: Variable) => {
  const found: { set: Partial<Record<SettingName, string>>; more: Record<string, string> } = { set: {}, more: {} }
  for (const [name, setting] of Object.entries(variables)) {
    const value = variable(name)
    if (value === undefined) continue
    if (setting === 'more') found.more[name] = value
    else found.set[setting] = value
  }
  return found
}

/** The settings of a renderer: the environment's before the studio's, before the dialect's own address. */
export const settingsOf = (dialect: Dialect, variable: Variable, kept: KeptSettings | undefined): Settings => {
  const { set, more } = fromEnvironment(dialect, variable)
  return {
    url: set.url ?? kept?.url ?? dialect.defaultUrl,
    key: set.key ?? kept?.key ?? null,
    headers: set.headers === undefined ? (kept?.headers ?? {}) : (parseJson(headersSchema, set.headers) ?? {}),
    more,
  }
}

/** Which settings the environment gives. */
const fixedBy = (dialect: Dialect, variable: Variable): SettingName[] => {
  const { set } = fromEnvironment(dialect, variable)
  return SETTINGS.filter((name) => set[name] !== undefined)
}

/** An address or several, without user and password. */
const withoutSecrets = (url: string): string =>
  partsIn(url)
    .map((part) => {
      if (!URL.canParse(part)) return part
      const shown = new URL(part)
      shown.username = ''
      shown.password = ''
      return shown.href.replace(/\/$/, '')
    })
    .join(', ')

/** What is set, without a secret. */
export const tellSettings = (dialect: Dialect, variable: Variable, kept: KeptSettings | undefined): SettingsAnswer => {
  const settings = settingsOf(dialect, variable, kept)
  const isOwnUrl = settings.url !== dialect.defaultUrl
  return {
    name: dialect.name,
    asks: [...dialect.asks],
    url: isOwnUrl && settings.url !== null ? withoutSecrets(settings.url) : null,
    key: settings.key === null ? null : 'set',
    headers: Object.fromEntries(Object.keys(settings.headers).map((name) => [name, 'set'] as const)),
    from_environment: fixedBy(dialect, variable),
  }
}

const refuse = (fields: Record<string, string>): RushesError =>
  new RushesError(
    'INVALID_INPUT',
    Object.entries(fields)
      .map(([name, words]) => `${name} ${words}`)
      .join('; ') + '.',
    { fields },
  )

/**
 * What is kept after a request: what it names is changed, an empty text is forgotten, `"set"` stays as it is. Throws a
 * RushesError whose fields say what cannot be taken.
 */
export const changeSettings = (
  dialect: Dialect,
  variable: Variable,
  kept: KeptSettings | undefined,
  request: SettingsRequest,
): KeptSettings => {
  const fields: Record<string, string> = {}
  const fixed = fixedBy(dialect, variable)
  for (const name of SETTINGS) {
    if (request[name] === undefined) continue
    if (!dialect.asks.includes(name)) fields[name] = `is no setting of ${dialect.title}`
    else if (fixed.includes(name)) fields[name] = 'is set in the environment, which wins: change it there'
  }
  const parts = partsIn(request.url ?? '').map(withScheme)
  if (!parts.every(isHttpAddress)) fields['url'] = 'must be an http(s) address, as http://192.168.1.20:8188'
  if (Object.keys(fields).length > 0) throw refuse(fields)
  const url = request.url === undefined ? kept?.url : parts.map((part) => part.replace(/\/+$/, '')).join(', ')
  const key = request.key === undefined || request.key === 'set' ? kept?.key : request.key
  const headers =
    request.headers === undefined
      ? kept?.headers
      : Object.fromEntries(
          Object.entries(request.headers).flatMap(([name, value]) => {
            const said = value === 'set' ? kept?.headers?.[name] : value
            return said === undefined || said === '' ? [] : [[name, said] as const]
          }),
        )
  return {
    ...(url ? { url } : {}),
    ...(key ? { key } : {}),
    ...(headers && Object.keys(headers).length > 0 ? { headers } : {}),
  }
}
