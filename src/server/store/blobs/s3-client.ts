import type { S3Client } from '@aws-sdk/client-s3'
import type { S3Address } from './s3-address.ts'

/** Until a server that is away counts as such; the SDK tries again. */
const CONNECT_MS = 3000
const MAX_TRIES = 3
/** Until a part of a large blob is taken, in milliseconds, and for anything else that is asked. */
const PART_MS = 120_000
/** Each player that holds a download open has one: more than there are streams. */
const SOCKETS = 1024

/** Loads the SDK, which nothing does that keeps its files in a folder. */
export const loadSdk = async () => {
  const [s3, { Upload }] = await Promise.all([import('@aws-sdk/client-s3'), import('@aws-sdk/lib-storage')])
  return { ...s3, Upload }
}
export type Sdk = Awaited<ReturnType<typeof loadSdk>>

/** The keys that are set, also in a .env file, which the SDK does not read; else it looks in its other ordinary places. */
const keysIn = (variable: (name: string) => string | undefined) => {
  const [accessKeyId, secretAccessKey] = [variable('AWS_ACCESS_KEY_ID'), variable('AWS_SECRET_ACCESS_KEY')]
  const sessionToken = variable('AWS_SESSION_TOKEN')
  if (accessKeyId === undefined || secretAccessKey === undefined) return {}
  return { credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) } }
}

/** A client for a storage. */
export const connectS3 = (
  sdk: Sdk,
  { endpoint, region, pathStyle }: S3Address,
  variable: (name: string) => string | undefined,
): S3Client =>
  new sdk.S3Client({
    ...keysIn(variable),
    forcePathStyle: pathStyle,
    ...(endpoint === null ? {} : { endpoint }),
    ...(region === null ? {} : { region }),
    maxAttempts: MAX_TRIES,
    // A body is read for as long as whoever wants it reads; see watched in s3-blobs.ts.
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: PART_MS,
      socketTimeout: 0,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: SOCKETS },
      httpsAgent: { keepAlive: true, maxSockets: SOCKETS },
    },
    // Of a range there is no checksum; local copies are checked by their length, and inputs by their hash.
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
