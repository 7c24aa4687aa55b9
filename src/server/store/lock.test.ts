import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { kill, killAll, launch } from '../testing/launch.ts'
import { createFolders } from './folders.ts'
import { lockFolder } from './lock.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'rushes-'))
afterEach(killAll)

it('lets no second server into a data folder, until the first has gone', () => {
  const folders = createFolders(folder())
  const release = lockFolder(folders)
  expect(() => lockFolder(folders)).toThrow(/Another Rushes is using/)
  release()
  lockFolder(folders)()
})

it('is shared by those whose jobs are in a database, and keeps out one that wants the folder alone', () => {
  const folders = createFolders(folder())
  const [one, other] = [lockFolder(folders, 'shared'), lockFolder(folders, 'shared')]
  one()
  expect(() => lockFolder(folders)).toThrow(/Another Rushes is using/)
  other()
  const alone = lockFolder(folders)
  expect(() => lockFolder(folders, 'shared')).toThrow(/Another Rushes is using/)
  alone()
})

it('holds whatever the processes call the folder, or their temporary folder', async () => {
  const home = folder()
  const alias = `${home}-alias`
  symlinkSync(home, alias)
  await launch(home, { TMPDIR: folder() })
  await expect(launch(alias, { TMPDIR: folder() })).rejects.toThrow(/Another Rushes is using/)
})

it('is won by one of two that start at once after a crash, every time', async () => {
  const home = folder()
  await kill(await launch(home))
  for (let round = 0; round < 3; round++) {
    const started = await Promise.allSettled([launch(home), launch(home)])
    const [winner, ...others] = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    expect(others).toEqual([])
    expect(started.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: { message: expect.stringMatching(/Another Rushes is using/) } },
    ])
    if (winner) await kill(winner)
  }
})

it('says so where its file is none of ours', () => {
  const folders = createFolders(folder())
  writeFileSync(folders.lock, 'somebody wrote a letter here '.repeat(100))
  expect(() => lockFolder(folders)).toThrow(/is not the lock file of Rushes/)
})
