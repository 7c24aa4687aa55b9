// Decart's own SDK, given every kind of input it takes, in a runtime that is not Node.
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { createDecartClient, models } from '@decartai/sdk'

/** @param {string} name */
const given = (name) => process.env[name] ?? ''
/**
 * @param {string} name
 * @param {string} type
 */
const blobOf = (name, type) => new Blob([readFileSync(given(name))], { type })

const client = createDecartClient({ baseUrl: given('SERVER'), apiKey: 'any' })
const pictures = {
  Blob: () => blobOf('PICTURE', 'image/png'),
  File: () => new File([readFileSync(given('PICTURE'))], 'square.png', { type: 'image/png' }),
  stream: () => blobOf('PICTURE', 'image/png').stream(),
  'URL string': () => given('PICTURE_URL'),
  URL: () => new URL(given('PICTURE_URL')),
}
const clips = {
  Blob: () => blobOf('CLIP', 'video/mp4'),
  stream: () => blobOf('CLIP', 'video/mp4').stream(),
  'URL string': () => given('CLIP_URL'),
}

/** @type {Record<string, () => Promise<string>>} */
const calls = {}
for (const [kind, make] of Object.entries(pictures))
  calls[`a picture as ${kind}`] = async () => {
    const model = models.image('lucy-image-2')
    const result = await client.process({ model, prompt: 'ink', resolution: '480p', data: make() })
    return result.type
  }
for (const [kind, make] of Object.entries(clips))
  calls[`a clip as ${kind}`] = async () => {
    const model = models.video('lucy-restyle-2')
    const result = await client.queue.submitAndPoll({ model, prompt: 'ink', data: make() })
    return result.status === 'completed' ? result.data.type : `${result.status}: ${result.error}`
  }
calls['an upload'] = async () => (await client.files.upload(blobOf('PICTURE', 'image/png'))).mime_type ?? ''

/** @type {Record<string, string>} */
const outcomes = {}
for (const [name, call] of Object.entries(calls))
  // Its errors are plain objects.
  outcomes[name] = await call().catch(/** @param {unknown} error */ (error) => `failed: ${JSON.stringify(error)}`)
console.log(JSON.stringify(outcomes))
