import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { RushesError } from '../../shared/errors.ts'
import { openTestIndex } from '../testing/open-test-index.ts'
import { failureResponse } from './failure.ts'

it('says a full disk as one, also where the index met it', async () => {
  const index = await openTestIndex({ index: join(mkdtempSync(join(tmpdir(), 'rushes-')), 'rushes.db') })
  const fill = async () => {
    await index.run((db) => sql.raw('pragma max_page_count = 60').execute(db))
    const meta = (key: number) => ({ key: String(key), value: 'x'.repeat(4096) })
    for (let row = 0; row < 100; row++) await index.run((db) => db.insertInto('meta').values(meta(row)).execute())
  }
  const error = await fill().catch((cause: unknown) => cause)
  const answer = failureResponse(error)
  expect(answer.status).toBe(507)
  expect(await answer.json()).toMatchObject({ code: 'DISK_FULL' })
  await index.close()
})

it('says nothing of a defect but that there is one', async () => {
  const answer = failureResponse(new TypeError('/secret/path'))
  expect(answer.status).toBe(500)
  expect(await answer.text()).not.toContain('secret')
})

it('parts a sentence of its own from the name of its field', async () => {
  const said = async (text: string) => {
    const error = new RushesError('INVALID_INPUT', `url: ${text}`, { fields: { url: text } })
    return await failureResponse(error).json()
  }
  expect(await said('The host a.example answered 404.')).toMatchObject({
    detail: [{ msg: 'url: The host a.example answered 404.' }],
  })
  expect(await said('is required')).toMatchObject({ detail: [{ msg: 'url is required' }] })
})
