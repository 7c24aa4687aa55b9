import { request } from 'node:http'
import { text } from 'node:stream/consumers'

/** A part as it stands on the wire: `filename` goes between its quotes as it is, `type` is left out where there is none. */
export type RawPart = { name: string; filename?: string; type?: string; content: string | Uint8Array }

export const BOUNDARY = 'rushes-test-boundary'

/** A multipart body written by hand, to say what some client says and no library of ours would. */
export const rawForm = (parts: readonly RawPart[]): Buffer =>
  Buffer.concat([
    ...parts.flatMap(({ name, filename, type, content }) => [
      Buffer.from(
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"` +
          (filename === undefined ? '' : `; filename="${filename}"`) +
          (type === undefined ? '' : `\r\nContent-Type: ${type}`) +
          '\r\n\r\n',
      ),
      Buffer.from(content),
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ])

export type RawAnswer = { status: number; headers: NodeJS.Dict<string | string[]>; body: unknown }

/** Posts a body as it is, and reads the answer's JSON. */
export const sendRaw = (url: string, body: Buffer, headers: Record<string, string> = {}): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: 'POST',
      headers: {
        'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
        'content-length': body.length,
        ...headers,
      },
    })
    outgoing.on('error', reject)
    outgoing.on('response', (incoming) => {
      const answer = (words: string): RawAnswer => ({
        status: incoming.statusCode ?? 0,
        headers: incoming.headers,
        body: words === '' ? null : JSON.parse(words),
      })
      text(incoming).then((words) => resolve(answer(words)), reject)
    })
    outgoing.end(body)
  })
