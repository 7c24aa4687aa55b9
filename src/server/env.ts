import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { AUTH_MODES } from '../shared/people.ts'
import { type Access, isLoopback } from './http/access.ts'
import { isAddresses } from './http/peer.ts'
import type { PeopleSettings } from './people/settings.ts'
import { partsIn, isHttpAddress } from './outgoing/addresses.ts'
import type { FilesSetting } from './store/blobs/open-blobs.ts'
import { readS3Address } from './store/blobs/s3-address.ts'

/** An empty value counts as not set: `DECART_API_KEY=` in .env is how most people leave it out. */
const blankIsUnset = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), schema)

const PORT_RANGE = 'must be a whole number from 0 to 65535'
const port = z.coerce.number(PORT_RANGE).int(PORT_RANGE).min(0, PORT_RANGE).max(65535, PORT_RANGE)

/** A setting that lists things, with commas or spaces between them. */
const listOf = <S extends z.ZodType<string, string>>(one: S) =>
  z.string().default('').transform(partsIn).pipe(z.array(one))

/** The scheme, name and port of an address, as browsers write it in an Origin header. */
const origin = (error: string) =>
  z.string().transform((text, context) => {
    const url = URL.canParse(text) ? new URL(text) : null
    if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username)
      return url.origin
    context.addIssue({ code: 'custom', message: error })
    return z.NEVER
  })

const TOKEN = 'must have 16 characters or more, without spaces'

const DAYS = 'must be a whole number of days from 1 to 36500'

const MONEY = 'must be a number of US dollars above 0, as 20 or 7.50'

/** An http(s) address, without the slashes at its end. */
const address = z
  .string()
  .trim()
  .refine(isHttpAddress, 'must be an http(s) URL')
  .transform((url) => url.replace(/\/+$/, ''))

/** Addresses with commas between them; they stay a text, which is read where it is used. */
const addresses = z
  .string()
  .trim()
  .refine((text) => partsIn(text).every(isHttpAddress), 'must be http(s) URLs, with commas between them')

/** HTTP headers as a JSON object of texts; they stay a text. */
const headers = z.string().refine((text) => {
  try {
    return z.record(z.string(), z.string()).safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}, 'must be a JSON object, as {"Authorization": "Bearer …"}')

const GIBIBYTES = 'must be a number of GiB above 0, as 10'

const storage = z
  .string()
  .trim()
  .transform((text, context) => {
    const read = readS3Address(text)
    if (typeof read !== 'string') return read
    context.addIssue({ code: 'custom', message: read })
    return z.NEVER
  })
const NETWORKS = 'must be IP addresses or networks, as 10.0.0.5 or 10.0.0.0/8, with commas between them'

/** Its value is in no complaint: it holds a password. */
const databaseUrl = z
  .string()
  .trim()
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : null
    return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1
  }, 'must be the URL of a PostgreSQL database, as postgres://user:password@host:5432/rushes (with % for signs that URLs do not have)')

const schema = z.object({
  PORT: blankIsUnset(port.default(4600)),
  HOST: blankIsUnset(z.string().trim().default('127.0.0.1')),
  PUBLIC_URL: blankIsUnset(
    origin('must be an http(s) address without a path, as https://studio.example.com').optional(),
  ),
  ALLOWED_HOSTS: blankIsUnset(
    listOf(
      z
        .string()
        .toLowerCase()
        .regex(/^[a-z0-9._-]+$|^[0-9a-f:]+$/, 'must be names without scheme and port, as studio.lan'),
    ),
  ),
  ALLOWED_ORIGINS: blankIsUnset(
    listOf(origin('must be origins, each as https://app.example.com or http://localhost:5173, and never *')),
  ),
  DATA_DIR: blankIsUnset(z.string().trim().default('./data')),
  FILES_URL: blankIsUnset(storage.optional()),
  FILES_CACHE_GIB: blankIsUnset(z.coerce.number({ error: GIBIBYTES }).positive({ error: GIBIBYTES }).default(10)),
  DATABASE_URL: blankIsUnset(databaseUrl.optional()),
  ROLE: blankIsUnset(z.enum(['all', 'web', 'worker'], { error: 'must be all, web or worker' }).optional()),
  RENDERERS: listOf(z.string()),
  DECART_API_KEY: blankIsUnset(z.string().trim().optional()),
  DECART_BASE_URL: blankIsUnset(address.optional()),
  COMFYUI_URL: blankIsUnset(addresses.optional()),
  COMFYUI_HEADERS: blankIsUnset(headers.optional()),
  FAL_KEY: blankIsUnset(z.string().trim().optional()),
  FAL_QUEUE_URL: blankIsUnset(address.optional()),
  FAL_REST_URL: blankIsUnset(address.optional()),
  GENERATION_URL: blankIsUnset(addresses.optional()),
  GENERATION_KEY: blankIsUnset(z.string().trim().optional()),
  METRICS_TOKEN: blankIsUnset(z.string().trim().min(16, TOKEN).regex(/^\S+$/, TOKEN).optional()),
  METRICS_PORT: blankIsUnset(port.optional()),
  METRICS_HOST: blankIsUnset(z.string().trim().optional()),
  AUTH: blankIsUnset(z.enum(AUTH_MODES, 'must be none, token or proxy').default('none')),
  AUTH_PROXY_HEADER: blankIsUnset(
    z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[a-z0-9-]+$/, 'must be the name of a header, as X-Forwarded-Email')
      .optional(),
  ),
  AUTH_ADMINS: blankIsUnset(z.string().default('').transform(partsIn)),
  TRUSTED_PROXIES: blankIsUnset(z.string().default('').transform(partsIn).refine(isAddresses, NETWORKS)),
  TEAM_SEES: blankIsUnset(z.enum(['all', 'own'], 'must be all or own').default('all')),
  AUDIT_DAYS: blankIsUnset(z.coerce.number(DAYS).int(DAYS).min(1, DAYS).max(36_500, DAYS).default(365)),
  SPEND_LIMIT_USD: blankIsUnset(
    z.coerce.number({ error: MONEY }).positive({ error: MONEY }).max(1_000_000, { error: MONEY }).optional(),
  ),
})
/** What a process does: serve the studio and the API, render, or both. */
export type Role = 'all' | 'web' | 'worker'

type Set = z.infer<typeof schema>
type Lacking = [isLacking: boolean, variable: keyof Set, message: string]

/** What settings lack that are right each for itself, and the variable that it is about. */
const lacking = (set: Set): readonly Lacking[] => {
  const isAlone = set.DATABASE_URL === undefined
  const forSeveral = 'is for several processes on one DATABASE_URL: set that too'
  const isProxied = set.AUTH === 'proxy'
  // A worker answers nobody.
  const isOpen = set.AUTH === 'none' && set.ROLE !== 'worker' && !isLoopback(set.HOST.toLowerCase())
  const all: readonly Lacking[] = [
    [isAlone && set.ROLE !== undefined && set.ROLE !== 'all', 'ROLE', forSeveral],
    [isAlone && set.RENDERERS.length > 0, 'RENDERERS', forSeveral],
    [
      set.METRICS_HOST !== undefined && set.METRICS_PORT === undefined,
      'METRICS_PORT',
      'must be set where METRICS_HOST is: without a port a worker listens nowhere',
    ],
    [
      isOpen,
      'HOST',
      `others can reach ${set.HOST}, and nobody would be asked who they are. Set AUTH=token, then people come by links that you make; or AUTH=proxy, where a proxy in front says who asks. Or leave HOST at 127.0.0.1.`,
    ],
    [
      isProxied && set.AUTH_PROXY_HEADER === undefined,
      'AUTH_PROXY_HEADER',
      'must name the header in which the proxy says who asks, as X-Forwarded-Email',
    ],
    [
      isProxied && set.TRUSTED_PROXIES.length === 0,
      'TRUSTED_PROXIES',
      'must name the addresses from which the proxy asks, as 127.0.0.1: its header is believed from them alone',
    ],
    [
      isProxied && set.AUTH_ADMINS.length === 0,
      'AUTH_ADMINS',
      'must name at least one who is an admin, as the header has it, as ada@example.com',
    ],
  ]
  return all.filter(([isLacking]) => isLacking)
}

const settings = schema.superRefine((set, context) => {
  for (const [, variable, message] of lacking(set)) context.addIssue({ code: 'custom', path: [variable], message })
})

/** Where a process listens. */
export type Address = { host: string; port: number }

export type Env = {
  port: number
  host: string
  access: Access
  /** How it is known who asks. */
  people: PeopleSettings
  dataDir: string
  /** Where media and takes are kept. */
  files: FilesSetting
  /** The PostgreSQL for jobs and uploads, password included; null: the embedded index in the data folder. */
  databaseUrl: string | null
  /** What this process does. */
  role: Role
  /** The renderers whose jobs its worker takes; null: all that are set up. */
  takesOf: ReadonlySet<string> | null
  /** US dollars that may go out in a day over all paid renderers; null: no limit. */
  spendLimit: number | null
  /** Who sends it as a bearer may read the figures at /metrics; null: programs on this machine alone. */
  metricsToken: string | null
  /** Where a worker tells how it does; null: nowhere. Servers do where they serve. */
  workerAddress: Address | null
  /** A variable that belongs to a renderer. Undefined where it is not set, or blank. */
  variable: (name: string) => string | undefined
}

/**
 * Reads the settings from the environment and, below it, a .env file where there is one. Throws one Error that lists
 * everything that is wrong with them.
 */
export const readEnv = (environment: Readonly<Record<string, string | undefined>>, envFile?: string): Env => {
  const file = envFile !== undefined && existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {}
  const all: Readonly<Record<string, string | undefined>> = { ...file, ...environment }
  const parsed = settings.safeParse(all)
  if (!parsed.success) {
    const complaints = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`)
    throw new Error(`These settings (environment or .env) cannot be used:\n${complaints.join('\n')}`)
  }
  const { PORT, HOST, DATA_DIR, FILES_URL, FILES_CACHE_GIB, SPEND_LIMIT_USD } = parsed.data
  const { METRICS_TOKEN, METRICS_PORT, METRICS_HOST } = parsed.data
  const { DATABASE_URL, ROLE, RENDERERS } = parsed.data
  const { PUBLIC_URL, ALLOWED_HOSTS, ALLOWED_ORIGINS } = parsed.data
  const { AUTH, AUTH_PROXY_HEADER, AUTH_ADMINS, TRUSTED_PROXIES, TEAM_SEES, AUDIT_DAYS } = parsed.data
  return {
    port: PORT,
    host: HOST,
    access: { host: HOST, publicUrl: PUBLIC_URL ?? null, hosts: ALLOWED_HOSTS, origins: ALLOWED_ORIGINS },
    people: {
      mode: AUTH,
      teamSees: AUTH === 'none' ? 'all' : TEAM_SEES,
      header: AUTH_PROXY_HEADER ?? '',
      admins: AUTH_ADMINS,
      proxies: TRUSTED_PROXIES,
      auditDays: AUDIT_DAYS,
    },
    dataDir: resolve(DATA_DIR),
    files: FILES_URL ? { kind: 's3', address: FILES_URL, cacheBytes: FILES_CACHE_GIB * 1024 ** 3 } : { kind: 'folder' },
    databaseUrl: DATABASE_URL ?? null,
    role: ROLE ?? 'all',
    takesOf: RENDERERS.length > 0 ? new Set(RENDERERS) : null,
    spendLimit: SPEND_LIMIT_USD ?? null,
    metricsToken: METRICS_TOKEN ?? null,
    workerAddress: METRICS_PORT === undefined ? null : { host: METRICS_HOST ?? '127.0.0.1', port: METRICS_PORT },
    variable: (name) => all[name]?.trim() || undefined,
  }
}
