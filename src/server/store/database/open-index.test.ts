import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, it, vi } from 'vitest'
import { type Connect, connectHere } from './connection.ts'
import { markWhole } from './migrations.ts'
import { type Found, openIndex } from './open-index.ts'
import { DatabaseError } from './protocol.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'rushes-'))
const open = (folder: string, connect: Connect = connectHere) => {
  const replaced: Found[] = []
  const index = openIndex({
    path: join(folder, 'rushes.db'),
    connect,
    logger: pino({ level: 'silent' }),
    onReplaced: (found) => replaced.push(found),
  })
  return { index, replaced }
}
const asideIn = (folder: string) =>
  readdirSync(folder)
    .filter((each) => each.includes('.damaged-'))
    .map((each) => join(folder, each))

it('remembers the damaged index in whose place it stands until all has been read, however often it is stopped', async () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'rushes.db'), 'not a database '.repeat(1000))
  for (let start = 0; start < 3; start++) {
    const { index } = open(folder)
    expect(await index.found).toEqual({ whole: false, aside: asideIn(folder) })
    expect(asideIn(folder)).toHaveLength(1)
    if (start === 2) await index.run(markWhole)
    await index.close()
  }
  const { index } = open(folder)
  expect(await index.found).toEqual({ whole: true, aside: [] })
  await index.close()
})

it('takes another in the place of one that turns out damaged while it is used, and answers what was asked', async () => {
  const folder = newFolder()
  let isDamaged = false
  const connect: Connect = async (...asked) => {
    const connection = await connectHere(...asked)
    const query: typeof connection.query = (...words) =>
      isDamaged && words[0].includes('"meta"')
        ? Promise.reject(new DatabaseError('SQLITE_CORRUPT', 'database disk image is malformed'))
        : connection.query(...words)
    return { ...connection, query, kill: async () => ((isDamaged = false), connection.kill()) }
  }
  const { index, replaced } = open(folder, connect)
  await index.found
  await index.run(markWhole)
  isDamaged = true
  const meta = await index.run((db) => db.selectFrom('meta').select('key').execute())
  expect(meta).toEqual([])
  await vi.waitFor(() => expect(replaced).toEqual([{ whole: false, aside: asideIn(folder) }]))
  await index.close()
})

it('says a full disk as one, stands in memory for an index that has no room, and moves to the disk when there is some', async () => {
  const folder = newFolder()
  let isFull = true
  const connect: Connect = (path, mode) =>
    isFull && path !== ':memory:'
      ? Promise.reject(new DatabaseError('SQLITE_FULL', 'database or disk is full'))
      : connectHere(path, mode)
  const { index, replaced } = open(folder, connect)
  expect([await index.found, index.isKept()]).toEqual([{ whole: false, aside: [] }, false])
  expect(await index.run((db) => db.selectFrom('jobs').select('id').execute())).toEqual([])
  isFull = false
  await vi.waitFor(() => expect(index.isKept()).toBe(true))
  expect([replaced, readdirSync(folder)]).toEqual([
    [{ whole: false, aside: [] }],
    expect.arrayContaining(['rushes.db']),
  ])
  await index.close()
})

it('says what stands in the way of opening it, and what to do', async () => {
  const folder = newFolder()
  mkdirSync(join(folder, 'rushes.db'))
  const { index } = open(folder)
  await expect(index.found).rejects.toThrow(/rushes\.db\) is a folder\. Move it away/)
  await index.close()
})
