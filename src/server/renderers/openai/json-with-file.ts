import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Body } from '../order/calls.ts'
import type { FilePart } from '../order/multipart-body.ts'

/** Bytes read from disk at a time: a multiple of three, which base64 takes without a rest. */
const READ_BYTES = 192 * 1024

async function* base64Of(path: string): AsyncGenerator<Uint8Array> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES })) {
    const bytes: Buffer = Buffer.concat([rest, Buffer.from(chunk)])
    const whole = bytes.length - (bytes.length % 3)
    rest = bytes.subarray(whole)
    if (whole > 0) yield Buffer.from(bytes.subarray(0, whole).toString('base64'))
  }
  if (rest.length > 0) yield Buffer.from(rest.toString('base64'))
}

/** An object as JSON, with a file as a data URI under that name, which is read only as it is sent. */
export const jsonWithFile = async (value: object, name: string, file: FilePart): Promise<Body> => {
  const { size } = await stat(file.path)
  const text = JSON.stringify(value).slice(0, -1)
  const head = Buffer.from(`${text}${text === '{' ? '' : ','}${JSON.stringify(name)}:"data:${file.type};base64,`)
  const end = Buffer.from('"}')
  return {
    contentType: 'application/json',
    length: head.length + 4 * Math.ceil(size / 3) + end.length,
    stream: async function* () {
      yield head
      yield* base64Of(file.path)
      yield end
    },
  }
}
