import { createDecartClient, models } from '@decartai/sdk'
import { Upload } from 'tus-js-client'

// A page that people might write: Decart's SDK and the platform, with Rushes at the address in its own.
const baseUrl = new URLSearchParams(location.search).get('server') ?? ''
const client = createDecartClient({ apiKey: 'any', baseUrl })

const element = <E extends HTMLElement>(id: string, kind: new () => E): E => {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`no #${id}`)
  return found
}
const said = element('said', HTMLOutputElement)
const still = element('still', HTMLImageElement)

const picture = (): Promise<Blob> =>
  new Promise((resolve, reject) => {
    const canvas = document.createElement('canvas')
    canvas.getContext('2d')?.fillRect(0, 0, 10, 10)
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))))
  })

/** Uploads in pieces, and answers the width that the server measured. */
const uploadInPieces = async (file: Blob): Promise<number> => {
  const address = await new Promise<string>((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: `${baseUrl}/v1/uploads`,
      chunkSize: 300,
      storeFingerprintForResuming: false,
      onSuccess: () => resolve(upload.url ?? ''),
      onError: reject,
    })
    upload.start()
  })
  const { file: stored } = await (await fetch(address)).json()
  return stored.media.width
}

const run = async (): Promise<string> => {
  const told = new Promise<void>((resolve) => {
    const events = new EventSource(`${baseUrl}/v1/events`)
    events.addEventListener('job', () => {
      events.close()
      resolve()
    })
  })
  const result = await client.process({
    model: models.image('lucy-image-2'),
    prompt: 'Oil painting',
    data: await picture(),
    resolution: '480p',
  })
  await told
  const { jobs } = await (await fetch(`${baseUrl}/v1/jobs?limit=1`)).json()
  const content = await fetch(`${baseUrl}/v1/jobs/${jobs[0].job_id}/content`, { headers: { range: 'bytes=0-9' } })
  still.src = `${baseUrl}/v1/jobs/${jobs[0].job_id}/thumbnail`
  await still.decode()
  return [
    `${result.type}`,
    `${content.status} ${content.headers.get('content-range')?.split('/')[0]}`,
    `${content.headers.get('content-disposition')?.includes('oil-painting')}`,
    `${still.naturalWidth > 0}`,
    `${await uploadInPieces(await picture())} wide`,
  ].join(', ')
}

run().then(
  (text) => (said.textContent = text),
  (error: unknown) => (said.textContent = `refused: ${String(error)}`),
)
