// What the package must do in every runtime and in a page alike. Only what the web platform and the package give.
import { createDecartClient, DecartSDKError, models } from 'rushes-client'

/**
 * @typedef {{ baseUrl: string, picture: Uint8Array<ArrayBuffer>, pictureUrl: string, clip: Uint8Array<ArrayBuffer> }} Given
 * @typedef {{ name: string, failure: string | null }} Outcome
 */

/** @type {(holds: boolean, words: string) => asserts holds} */
const ensure = (holds, words) => {
  if (!holds) throw new Error(words)
}

/** @param {Promise<unknown>} promise */
const rejection = (promise) =>
  promise.then(
    () => {
      throw new Error('it was expected to fail')
    },
    /** @param {unknown} error */ (error) => error,
  )

/**
 * @param {Promise<unknown>} promise
 * @param {string} code
 */
const failsWith = async (promise, code) => {
  const error = await rejection(promise)
  ensure(error instanceof DecartSDKError, `no DecartSDKError: ${String(error)}`)
  ensure(error.code === code, `${error.code} instead of ${code}: ${error.message}`)
  return error
}

/**
 * Every kind of file input, made anew for each use: a stream is read once.
 * @param {Given} given
 */
const inputsOf = ({ picture }) => ({
  File: () => new File([picture], 'a "red" square.png', { type: 'image/png' }),
  Blob: () => new Blob([picture]),
  'a Blob with its type': () => new Blob([picture], { type: 'image/png' }),
  ArrayBuffer: () => picture.slice().buffer,
  Uint8Array: () => picture,
  ReadableStream: () => new Blob([picture]).stream(),
})

/** @param {Blob} blob */
const isPng = async (blob) => {
  const head = new Uint8Array(await blob.slice(0, 8).arrayBuffer())
  return blob.type === 'image/png' && String.fromCharCode(...head.slice(1, 4)) === 'PNG'
}

/**
 * @param {Given} given
 * @returns {Record<string, () => Promise<void>>}
 */
const checksOf = (given) => {
  const client = createDecartClient({ baseUrl: given.baseUrl, apiKey: 'any' })
  const edit = models.image('lucy-pro-i2i')
  const small = /** @type {const} */ ({ prompt: 'ink', resolution: '480p' })
  /** @type {Record<string, () => Promise<void>>} */
  const checks = {}

  for (const [kind, make] of Object.entries(inputsOf(given))) {
    checks[`files.upload of ${kind}`] = async () => {
      const file = await client.files.upload(make())
      ensure(file.id.startsWith('file_'), `the id is ${file.id}`)
      ensure(file.media?.width === 64, `${file.media?.width} pixels wide`)
      if (kind === 'File') ensure(file.filename === 'a "red" square.png', `the name became ${file.filename}`)
      await client.files.delete(file.id)
      await failsWith(client.files.get(file.id), 'NOT_FOUND')
    }
    checks[`process of ${kind}`] = async () => {
      const result = await client.process({ model: edit, ...small, data: make() })
      ensure(await isPng(result), `${result.size} bytes of ${result.type}`)
    }
  }

  /** @type {[string, () => Promise<string | URL>][]} */
  const references = [
    ['a URL string', async () => given.pictureUrl],
    ['a URL', async () => new URL(given.pictureUrl)],
    ['a file_ id', async () => (await client.files.upload(new Blob([given.picture]), { ttlSeconds: 3600 })).id],
    ['a file that the server fetched', async () => (await client.files.importUrl(given.pictureUrl)).id],
  ]
  for (const [kind, make] of references)
    checks[`process of ${kind}`] = async () => {
      const result = await client.process({ model: edit, ...small, data: await make() })
      ensure(await isPng(result), `${result.size} bytes of ${result.type}`)
    }

  checks['queue.submitAndPoll of a clip'] = async () => {
    /** @type {string[]} */
    const seen = []
    const result = await client.queue.submitAndPoll({
      model: models.video('lucy-pro-v2v'),
      ...small,
      data: new Blob([given.clip]),
      seed: 7,
      onStatusChange: ({ status }) => seen.push(status),
    })
    ensure(result.status === 'completed', `it ended as ${JSON.stringify(result)}`)
    ensure(result.data.type === 'video/mp4' && result.data.size > 1000, `${result.data.size} of ${result.data.type}`)
    ensure(seen.length > 1 && seen.at(-1) === 'completed', `its states were ${seen.join(', ')}`)
    const job = await client.queue.status(result.job_id)
    ensure(job.seed === 7, `the seed was ${job.seed}`)
    ensure((await client.queue.result(result.job_id)).size === result.data.size, 'the result changed')
  }

  checks['one key, one job'] = async () => {
    const order = { model: models.image('lucy-pro-t2i'), ...small, idempotencyKey: `once ${Math.random()}` }
    const [first, second] = [await client.queue.submit(order), await client.queue.submit(order)]
    ensure(first.job_id === second.job_id, 'there are two jobs')
    await client.queue.cancel(first.job_id)
  }

  checks['an abort ends the job'] = async () => {
    const controller = new AbortController()
    const reason = new Error('changed my mind')
    /** @type {string | undefined} */
    let id
    const error = await rejection(
      client.process({
        model: models.video('lucy-pro-t2v'),
        prompt: 'a long storm',
        signal: controller.signal,
        onStatusChange: ({ job_id }) => {
          id = job_id
          controller.abort(reason)
        },
      }),
    )
    ensure(error === reason, `it failed with ${String(error)}`)
    ensure(id !== undefined, 'no job was told')
    let job = await client.queue.status(id)
    while (job.status !== 'failed') job = await client.queue.status(id)
    ensure(job.error?.code === 'CANCELLED', `the job ended as ${JSON.stringify(job.error)}`)
  }

  checks['errors'] = async () => {
    /** @type {Record<string, unknown>} */
    const inputs = { prompt: 'test' }
    const missing = await failsWith(client.process({ model: models.named('lucy-pro-i2v'), ...inputs }), 'INVALID_INPUT')
    ensure(missing.message === 'Invalid inputs for lucy-pro-i2v: data is required', missing.message)
    ensure(missing.fields?.['data'] === 'is required', JSON.stringify(missing.fields))
    await failsWith(
      Promise.resolve().then(() => client.process({ model: models.named('lucy-9') })),
      'MODEL_NOT_FOUND',
    )
    const words = new Blob(['these are only words'])
    const refused = await failsWith(client.process({ model: edit, ...small, data: words }), 'UNSUPPORTED_MEDIA')
    ensure(refused.status === 415, `the status is ${refused.status}`)
    await failsWith(client.queue.status('job_none'), 'NOT_FOUND')
    const nobody = createDecartClient({ baseUrl: 'http://127.0.0.1:1' })
    await failsWith(nobody.queue.submit({ model: models.image('lucy-pro-t2i'), ...small }), 'NETWORK_ERROR')
  }
  return checks
}

/**
 * Runs the checks of these names, or all, side by side; what fails is told in words.
 * @param {Given} given
 * @param {string[] | null} names
 * @returns {Promise<Outcome[]>}
 */
export const runChecks = (given, names = null) =>
  Promise.all(
    Object.entries(checksOf(given))
      .filter(([name]) => names === null || names.includes(name))
      .map(async ([name, check]) => {
        const failure = await check().then(
          () => null,
          /** @param {unknown} error */
          (error) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
        )
        return { name, failure }
      }),
  )
