import { getCookie, setCookie } from 'hono/cookie'
import type { Access } from './access.ts'
import type { AppContext } from './context.ts'

/** Seconds: as long as browsers keep any. When a session ends is the server's to say. */
const MAX_AGE_SECONDS = 400 * 24 * 60 * 60

const isSecure = ({ publicUrl }: Access): boolean => publicUrl?.startsWith('https:') ?? false

/** With this prefix browsers take it over https alone, for no other path, and from no other host of the domain. */
const nameOf = (access: Access): string => (isSecure(access) ? '__Host-rushes_session' : 'rushes_session')

/**
 * Scripts cannot read it. Lax, not Strict: a link in a mail is to open the studio signed in. That other pages drive
 * nothing with it is seen to by the check of Origin, for nothing is changed by GET.
 */
const optionsOf = (access: Access) =>
  ({ path: '/', httpOnly: true, sameSite: 'Lax', secure: isSecure(access) }) as const

export const readSession = (context: AppContext, access: Access): string | null =>
  getCookie(context, nameOf(access)) ?? null

export const writeSession = (context: AppContext, access: Access, session: string): void =>
  setCookie(context, nameOf(access), session, { ...optionsOf(access), maxAge: MAX_AGE_SECONDS })

export const clearSession = (context: AppContext, access: Access): void =>
  setCookie(context, nameOf(access), '', { ...optionsOf(access), maxAge: 0 })
