import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openDatabase } from '../store/database.ts'
import { failureResponse } from './failure.ts'

it('says a full disk as one, also where the index met it', async () => {
  const { database } = openDatabase(join(mkdtempSync(join(tmpdir(), 'rushes-')), 'rushes.db'))
  database.pragma('max_page_count = 8')
  const insert = database.prepare('insert into files (id, body) values (?, ?)')
  const fill = () => {
    for (let row = 0; row < 100; row++) insert.run(`file_${row}`, 'x'.repeat(4096))
  }
  const error = await Promise.resolve()
    .then(fill)
    .catch((cause: unknown) => cause)
  const answer = failureResponse(error)
  expect(answer.status).toBe(507)
  expect(await answer.json()).toMatchObject({ code: 'DISK_FULL' })
  database.close()
})

it('says nothing of a defect but that there is one', async () => {
  const answer = failureResponse(new TypeError('/secret/path'))
  expect(answer.status).toBe(500)
  expect(await answer.text()).not.toContain('secret')
})
