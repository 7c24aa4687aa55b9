import { vi } from 'vitest'

export type Asked = { method: string; path: string; headers: Headers; body: unknown }
type Answer = Response | Promise<Response>

export const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

/**
 * Stands in for the network: answers by `METHOD /path`, where a path may end in `*`. Aborting a request rejects it, as
 * fetch does. What was asked is kept in order.
 */
export const fakeServer = (answers: Record<string, (asked: Asked) => Answer>): Asked[] => {
  const log: Asked[] = []
  const answerTo = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const path = String(input)
    const asked: Asked = {
      method: init.method ?? 'GET',
      path,
      headers: new Headers(init.headers),
      body: init.body,
    }
    log.push(asked)
    const key = `${asked.method} ${path}`
    const found = Object.entries(answers).find(([pattern]) =>
      pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : key === pattern,
    )
    if (!found) throw new TypeError(`nothing answers ${key}`)
    return new Promise<Response>((resolve, reject) => {
      init.signal?.addEventListener('abort', () => reject(init.signal?.reason), { once: true })
      Promise.resolve(found[1](asked)).then(resolve, reject)
    })
  }
  vi.stubGlobal('fetch', vi.fn(answerTo))
  return log
}
