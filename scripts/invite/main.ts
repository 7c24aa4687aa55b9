import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readEnv } from '../../src/server/env.ts'
import { inviteHere } from '../../src/server/people/invite.ts'
import { personNameSchema, ROLES } from '../../src/shared/people.ts'
import { root } from '../root.mjs'

const USAGE = 'npm run invite -- --name Ada --role admin (or member, or none to leave it as it is)'

const invite = async (): Promise<void> => {
  const { values } = parseArgs({ options: { name: { type: 'string' }, role: { type: 'string' } } })
  const name = personNameSchema.safeParse(values.name)
  if (!name.success) throw new Error(`--name ${name.error.issues[0]?.message ?? 'is missing'}: ${USAGE}`)
  const role = values.role === undefined ? null : (ROLES.find((each) => each === values.role) ?? undefined)
  if (role === undefined) throw new Error(`--role must be ${ROLES.join(' or ')}: ${USAGE}`)
  const env = readEnv(process.env, join(root, '.env'))
  if (env.people.mode !== 'token')
    throw new Error(
      env.people.mode === 'none'
        ? 'This studio has no accounts. Set AUTH=token in .env, and start it.'
        : 'People come to this studio by the proxy in front of it (AUTH=proxy): let them in there.',
    )
  const secret = await inviteHere(env, { name: name.data, role, now: new Date() })
  const base = env.access.publicUrl ?? `http://localhost:${env.port}`
  console.log(`\n  ${name.data} signs in, once and within a day, at\n  ${base}/sign-in#${secret}\n`)
}

await invite().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
