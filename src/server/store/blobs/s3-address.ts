import { isHttpAddress } from '../../outgoing/addresses.ts'

/** Where files are kept on an S3-compatible storage. */
export type S3Address = {
  bucket: string
  /** What all keys begin with: nothing, or a text that ends with a slash. */
  prefix: string
  /** Null: Amazon's own. */
  endpoint: string | null
  /** Null: what the SDK's environment says. */
  region: string | null
  /** Whether the bucket's name stands in the path, as nearly all but Amazon want it, or in the host's name. */
  pathStyle: boolean
}

export const S3_FORM =
  'must be as s3://bucket/prefix?endpoint=https://storage.example.com&region=eu-west-1&path_style=true'

const KNOWN = new Set(['endpoint', 'region', 'path_style'])
const BUCKET = /^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/

const decoded = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

/** Reads FILES_URL. Answers what is wrong with it where it is none. */
export const readS3Address = (text: string): S3Address | string => {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.protocol !== 's3:' || url.hash !== '') return S3_FORM
  if (url.username !== '' || url.password !== '')
    return 'must hold no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY'
  if (!BUCKET.test(url.host)) return `${S3_FORM}: a bucket's name has 3 to 63 small letters, digits, dots and hyphens`
  const unknown = [...url.searchParams.keys()].find((name) => !KNOWN.has(name))
  if (unknown !== undefined) return `${S3_FORM}: it knows no ${unknown}`
  const endpoint = url.searchParams.get('endpoint')
  if (endpoint !== null && !isHttpAddress(endpoint)) return 'must have an http(s) address as its endpoint'
  const style = url.searchParams.get('path_style') ?? (endpoint === null ? 'false' : 'true')
  if (style !== 'true' && style !== 'false') return 'must say path_style=true or path_style=false'
  const path = decoded(url.pathname)?.replace(/^\/+|\/+$/g, '')
  if (path === undefined) return S3_FORM
  return {
    bucket: url.host,
    prefix: path === '' ? '' : `${path}/`,
    endpoint: endpoint?.replace(/\/+$/, '') ?? null,
    // Those that are not Amazon's take any, or have one of their own.
    region: url.searchParams.get('region') ?? (endpoint === null ? null : 'us-east-1'),
    pathStyle: style === 'true',
  }
}
