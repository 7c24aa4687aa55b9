import { type Invite, inviteSchema, type MadeToken, madeTokenSchema, type Me, meSchema } from '../../shared/people.ts'
import { routes } from '../../shared/routes.ts'

export type Answer = { status: number; body: unknown; headers: Headers }

/** Calls a server with the same headers each time: a cookie, or a token. */
export const callAs = (url: string, headers: Record<string, string> = {}) => {
  const ask = (path: string, method = 'GET', body?: unknown, more: Record<string, string> = {}): Promise<Response> =>
    fetch(url + path, {
      method,
      redirect: 'manual',
      headers: { ...headers, ...more },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    })
  const call = async (path: string, method = 'GET', body?: unknown): Promise<Answer> => {
    const answer = await ask(path, method, body)
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? null : JSON.parse(text), headers: answer.headers }
  }
  return { headers, ask, call }
}
export type Caller = ReturnType<typeof callAs>

/** The cookie that an answer sets, as it is sent back. */
export const cookieIn = (answer: Response): string => answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''

/** Signs in by a link's secret. Rejects with the answer where that is refused. */
export const signIn = async (url: string, token: string, name?: string): Promise<Caller & { me: Me }> => {
  const answer = await callAs(url).ask(routes.session, 'POST', { token, name })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  const me = meSchema.parse(await answer.json())
  return { ...callAs(url, { cookie: cookieIn(answer) }), me }
}

/** The secret of a link. */
export const secretOf = ({ link }: Pick<Invite, 'link'>): string => link.split('#')[1] ?? ''

/** Has an admin invite somebody, who signs in at once. */
export const invited = async (url: string, admin: Caller, name: string, more: object = {}) => {
  const { body } = await admin.call(routes.people, 'POST', { name, ...more })
  return signIn(url, secretOf(inviteSchema.parse(body)))
}

/** An API token of whoever calls. */
export const apiTokenOf = async (caller: Caller, label = 'script'): Promise<MadeToken> =>
  madeTokenSchema.parse((await caller.call(routes.tokens, 'POST', { label })).body)
