import { existsSync, readFileSync, statSync } from 'node:fs'
import { parseArgs, parseEnv } from 'node:util'
import { type Env, readEnv } from '../env.ts'

export const USAGE = 'npm run migrate -- --to team.env [--owner Ada] [--dry-run]'

/** What is to be carried over, and where to. */
export type Order = {
  /** The data folder of the studio. It is only read. */
  from: string
  /** The settings of the team's studio: of these its database, its files and its data folder count. */
  to: Env
  /** Who is to own takes that nobody owns, by name; null: nobody. */
  owner: string | null
  isDryRun: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

const readArgs = (args: readonly string[]) => {
  const options = { to: { type: 'string' }, owner: { type: 'string' }, 'dry-run': { type: 'boolean' } } as const
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n  ${USAGE}`, { cause: error })
  }
}

/** The settings of a file. Blank ones count as not set. */
const settingsIn = (file: string): Environment => {
  if (/^(postgres(ql)?|s3):/.test(file))
    throw new Error(
      `--to wants a file with settings, since others can see what a command is started with: write DATABASE_URL=… and FILES_URL=… into a file as team.env. ${USAGE}`,
    )
  if (!existsSync(file) || statSync(file).isDirectory())
    throw new Error(`--to: there is no file ${file}. Write the settings of the team's studio into it. ${USAGE}`)
  const set = Object.entries(parseEnv(readFileSync(file, 'utf8')))
  return Object.fromEntries(set.filter(([, value]) => value?.trim() !== ''))
}

/** Refuses what would leave a part of the studio where the team's servers do not look. */
const requireWhole = ({ from, to, owner }: Order, file: string): void => {
  const parts = [to.databaseUrl === null ? null : 'DATABASE_URL', to.files.kind === 's3' ? 'FILES_URL' : null]
  const set = parts.filter((part) => part !== null)
  if (set.length === 0)
    throw new Error(`${file} sets neither DATABASE_URL nor FILES_URL: there is nowhere to carry the studio over to.`)
  if (set.length === 1 && to.dataDir !== from)
    throw new Error(
      to.databaseUrl === null
        ? `${file} sets no DATABASE_URL, so that the index stays in ${from}; but by its DATA_DIR the team's studio looks for it in ${to.dataDir}. Set DATABASE_URL too, or the same DATA_DIR.`
        : `${file} sets no FILES_URL, so that the files stay in ${from}; but by its DATA_DIR the team's studio looks for them in ${to.dataDir}. Set FILES_URL too, or the same DATA_DIR.`,
    )
  if (owner !== null && to.databaseUrl === null)
    throw new Error(`--owner: ${file} sets no DATABASE_URL, so that there are no people to own takes.`)
}

/**
 * Reads what is to be done. The studio is that of DATA_DIR, as `npm start` has it; the team's settings are those of the
 * file that `--to` names, and what it does not set is as in the environment. Throws in words where that makes no sense.
 */
export const readOrder = (args: readonly string[], environment: Environment, envFile: string): Order => {
  const { to: file, owner = null, 'dry-run': isDryRun = false } = readArgs(args)
  if (file === undefined) throw new Error(`--to is missing: ${USAGE}`)
  const from = readEnv(environment, envFile).dataDir
  const set = { ...environment, DATA_DIR: from, ...settingsIn(file) }
  try {
    const order: Order = { from, to: readEnv(set), owner, isDryRun }
    requireWhole(order, file)
    return order
  } catch (error) {
    throw error instanceof Error ? new Error(error.message.replace('environment or .env', file)) : error
  }
}
