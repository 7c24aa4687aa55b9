import { closeSync, mkdtempSync, openSync, readFileSync, readdirSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { routes } from '../../shared/routes.ts'
import { connectHere } from '../store/database/connection.ts'
import { apiTokenOf, callAs, invited, signIn } from '../testing/people.ts'
import { serve } from '../testing/serve.ts'

const overwrite = (path: string, at: number, bytes: Buffer): void => {
  const file = openSync(path, 'r+')
  writeSync(file, bytes, 0, bytes.length, at)
  closeSync(file)
}

it('people, their sessions and tokens, and what they did outlive a damaged index', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rushes-'))
  const env = { AUTH: 'token' }
  const before = await serve({ dataDir, env })
  const ada = await signIn(before.url, before.firstSecret, 'Ada')
  const grace = await invited(before.url, ada, 'Grace')
  const { token } = await apiTokenOf(grace)
  const { token: revoked, id } = await apiTokenOf(grace)
  await grace.call(routes.token(id), 'DELETE')
  const did = (await ada.call(routes.audit)).body
  await before.close(true)

  // A page that no person lies on: a start looks at all, and puts the index aside for it.
  const path = join(dataDir, 'rushes.db')
  const size = readFileSync(path).readUInt16BE(16)
  const looking = await connectHere(path, 'salvage')
  const { rows } = await looking.query("select rootpage as page from sqlite_master where name = 'jobs_by_status'")
  await looking.close()
  const { page } = z.object({ page: z.number() }).parse(rows[0])
  overwrite(path, size * (page - 1), Buffer.alloc(size, 0xa5))
  const after = await serve({ dataDir, env })
  expect(readdirSync(dataDir).some((name) => name.startsWith('rushes.db.damaged-'))).toBe(true)
  expect(after.firstSecret).toBe('')
  const status = async (headers: Record<string, string>) => (await callAs(after.url, headers).call(routes.me)).status
  expect(await status(ada.headers)).toBe(200)
  expect(await status({ 'x-api-key': token })).toBe(200)
  // What was revoked stays it.
  expect(await status({ 'x-api-key': revoked })).toBe(401)
  expect((await callAs(after.url, ada.headers).call(routes.audit)).body).toEqual(did)
  await after.close()
})
