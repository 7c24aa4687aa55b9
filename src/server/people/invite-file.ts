import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { personNameSchema, roleSchema } from '../../shared/people.ts'
import { hasCode } from '../disk-errors.ts'
import { hashOf, newId, newSecret } from './secrets.ts'

/** Milliseconds that a link is good which was made on the machine itself. */
export const MACHINE_INVITE_MS = 24 * 60 * 60 * 1000

const droppedSchema = z.object({
  person_id: z.string().regex(/^person_[0-9a-f]{32}$/),
  name: personNameSchema,
  /** Null: as they are, or a member. */
  role: roleSchema.nullable(),
  expires_at: z.iso.datetime(),
})
/** An invitation that was made on the machine. */
export type Dropped = z.infer<typeof droppedSchema>
/** Who is invited there. */
export type Invited = Pick<Dropped, 'name' | 'role'> & { now: Date }

/** An invitation, and the secret of its link. */
export const newDropped = ({ name, role, now }: Invited): { secret: string; dropped: Dropped } => ({
  secret: newSecret(),
  dropped: {
    person_id: newId('person'),
    name,
    role,
    expires_at: new Date(now.getTime() + MACHINE_INVITE_MS).toISOString(),
  },
})

const folderIn = (dataDir: string): string => join(dataDir, 'invites')
const pathOf = (dataDir: string, hash: string): string => join(folderIn(dataDir), `${hash}.json`)

/**
 * Lays an invitation into the data folder, where the server finds it when its link is opened, whether it runs now or is
 * started later. Its index can be open in one process alone, and whoever may write into the data folder owns the studio
 * anyhow. Answers the secret of the link; the file has only its hash.
 */
export const dropInvite = async (dataDir: string, invited: Invited): Promise<string> => {
  const { secret, dropped } = newDropped(invited)
  await mkdir(folderIn(dataDir), { recursive: true, mode: 0o700 })
  await writeFile(pathOf(dataDir, hashOf(secret)), `${JSON.stringify(dropped, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  return secret
}

/** The invitation of that hash. Undefined where there is none, or none that can be read. */
export const findDropped = async (dataDir: string, hash: string): Promise<Dropped | undefined> => {
  try {
    return droppedSchema.safeParse(JSON.parse(await readFile(pathOf(dataDir, hash), 'utf8'))).data
  } catch (error) {
    if (hasCode(error, 'ENOENT') || error instanceof SyntaxError) return undefined
    throw error
  }
}

export const removeDropped = (dataDir: string, hash: string): Promise<void> =>
  rm(pathOf(dataDir, hash), { force: true })
