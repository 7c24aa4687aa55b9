import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'

/** An empty value counts as not set: `DECART_API_KEY=` in .env is how most people leave it out. */
const blankIsUnset = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), schema)

const PORT_RANGE = 'must be a whole number from 0 to 65535'

const schema = z.object({
  PORT: blankIsUnset(
    z.coerce.number(PORT_RANGE).int(PORT_RANGE).min(0, PORT_RANGE).max(65535, PORT_RANGE).default(4600),
  ),
  HOST: blankIsUnset(z.string().trim().default('127.0.0.1')),
  DATA_DIR: blankIsUnset(z.string().trim().default('./data')),
  DECART_API_KEY: blankIsUnset(z.string().trim().optional()),
  DECART_BASE_URL: blankIsUnset(
    z
      .url({ protocol: /^https?$/, error: 'must be an http(s) URL' })
      .transform((url) => url.replace(/\/+$/, ''))
      .default('https://api.decart.ai'),
  ),
})

export type Env = {
  port: number
  host: string
  dataDir: string
  decart: { apiKey: string | null; baseUrl: string }
}

/**
 * Reads the settings from the environment and, below it, a .env file where there is one. Throws one Error that lists
 * everything that is wrong with them.
 */
export const readEnv = (environment: Readonly<Record<string, string | undefined>>, envFile?: string): Env => {
  const file = envFile !== undefined && existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {}
  const parsed = schema.safeParse({ ...file, ...environment })
  if (!parsed.success) {
    const complaints = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`)
    throw new Error(`These settings (environment or .env) cannot be used:\n${complaints.join('\n')}`)
  }
  const { PORT, HOST, DATA_DIR, DECART_API_KEY, DECART_BASE_URL } = parsed.data
  return {
    port: PORT,
    host: HOST,
    dataDir: resolve(DATA_DIR),
    decart: { apiKey: DECART_API_KEY ?? null, baseUrl: DECART_BASE_URL },
  }
}
