import type { SettingName, SettingsAnswer, SettingsRequest } from '../../shared/renderers.ts'

/** What stands in the form of a renderer's settings. A secret that is set is not shown: an empty field leaves it. */
export type SettingsDraft = { url: string; key: string; headers: string }

/** The form as it begins: with the address, which is no secret. */
export const draftOf = ({ url }: Pick<SettingsAnswer, 'url'>): SettingsDraft => ({
  url: url ?? '',
  key: '',
  headers: '',
})

/** One header a line, as `Name: value`. The line that is none is given back, to be complained about. */
export const readHeaders = (text: string): { headers: Record<string, string> } | { wrong: string } => {
  const headers: Record<string, string> = {}
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const [, name, value] = /^\s*([\w!#$%&'*+.^`|~-]+)\s*:\s*(\S.*?)\s*$/.exec(line) ?? []
    if (name === undefined || value === undefined) return { wrong: line.trim() }
    headers[name] = value
  }
  return { headers }
}

/** What to send: what was typed. What the environment gives, and what was left empty, is left out. */
export const requestOf = (
  draft: SettingsDraft,
  { asks, from_environment }: Pick<SettingsAnswer, 'asks' | 'from_environment'>,
): { request: SettingsRequest } | { fields: Partial<Record<SettingName, string>> } => {
  const isOurs = (name: SettingName) => asks.includes(name) && !from_environment.includes(name)
  const read = readHeaders(draft.headers)
  if (isOurs('headers') && 'wrong' in read)
    return { fields: { headers: `“${read.wrong}” is no header. Write Name: value.` } }
  const request: SettingsRequest = {
    ...(isOurs('url') ? { url: draft.url.trim() } : {}),
    ...(isOurs('key') && draft.key.trim() !== '' ? { key: draft.key.trim() } : {}),
    ...(isOurs('headers') && draft.headers.trim() !== '' && 'headers' in read ? { headers: read.headers } : {}),
  }
  return { request }
}
