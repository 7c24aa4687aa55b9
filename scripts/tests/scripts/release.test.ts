import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { root } from '../../root.mjs'
import { plainEnvironment } from '../runtimes.ts'

const CHANGELOG = `# Changelog

## [Unreleased]

### Added

- Takes can be folded.

## [1.2.3] - 2026-01-02

- The first.
`

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
const FILES = {
  'package.json': json({ name: 'small', version: '1.2.3', scripts: { release: 'node scripts/release.mjs' } }),
  'package-lock.json': json({
    name: 'small',
    version: '1.2.3',
    lockfileVersion: 3,
    requires: true,
    packages: { '': { name: 'small', version: '1.2.3' } },
  }),
  'packages/client/package.json': json({ name: 'small-client', version: '1.2.3' }),
  'src/shared/version.ts': "export const VERSION = '1.2.3'\n",
  'CHANGELOG.md': CHANGELOG,
}

let folder: string
let clone: string

const runIn = (cwd: string, program: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', env: plainEnvironment() })
  return { status, said: stdout + stderr }
}
/** Runs git in the clone; it must succeed. */
const git = (...args: string[]): string => {
  const { status, said } = runIn(clone, 'git', ...args)
  expect({ args, status, said: status === 0 ? '' : said }).toEqual({ args, status: 0, said: '' })
  return said.trim()
}
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(clone, path)), { recursive: true })
  writeFileSync(join(clone, path), text)
}
const read = (path: string): string => readFileSync(join(clone, path), 'utf8')
const commit = (): void => {
  git('add', '--all')
  git('commit', '--quiet', '--message', 'Something')
}
/** Without npm, which takes a second each time. */
const release = (...args: string[]) => runIn(clone, process.execPath, 'scripts/release.mjs', ...args)

/** Branches, tags and changed files. */
const standing = (): string => git('for-each-ref') + git('status', '--porcelain', '--branch')

/** It ends with 1, says why in a sentence, and leaves commits, tags and files as they were. */
const refused = (args: string[], why: RegExp): void => {
  const before = standing()
  const { status, said } = release(...args)
  expect(said).toMatch(why)
  expect(said).not.toMatch(/\n\s+at /)
  expect(status).toBe(1)
  expect(standing()).toBe(before)
}

// A clone of a repository with nothing but what a release changes, and the script.
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rushes-release-'))
  const bare = join(folder, 'origin.git')
  clone = join(folder, 'clone')
  expect(runIn(folder, 'git', 'init', '--quiet', '--bare', '--initial-branch=main', bare).status).toBe(0)
  expect(runIn(folder, 'git', 'clone', '--quiet', bare, clone).status).toBe(0)
  git('checkout', '--quiet', '-B', 'main')
  git('config', 'user.name', 'Ada')
  git('config', 'user.email', 'ada@example.com')
  for (const [path, text] of Object.entries(FILES)) write(path, text)
  mkdirSync(join(clone, 'scripts'))
  for (const name of ['release.mjs', 'root.mjs']) cpSync(join(root, 'scripts', name), join(clone, 'scripts', name))
  commit()
  git('push', '--quiet', 'origin', 'main')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('scripts/release.mjs', () => {
  it('sets the version everywhere, moves the notes, commits and tags, and pushes nothing', () => {
    const { status, said } = release('minor')
    expect({ status, said }).toMatchObject({ status: 0 })
    expect(said).toContain('git push origin main v1.3.0')

    const Versioned = z.object({ version: z.string() })
    for (const path of ['package.json', 'package-lock.json', 'packages/client/package.json'])
      expect(Versioned.parse(JSON.parse(read(path))), path).toEqual({ version: '1.3.0' })
    expect(read('package-lock.json')).not.toContain('1.2.3')
    expect(read('src/shared/version.ts')).toBe("export const VERSION = '1.3.0'\n")
    const today = new Date().toISOString().slice(0, 10)
    expect(read('CHANGELOG.md')).toBe(CHANGELOG.replace('ed]\n', `ed]\n\n## [1.3.0] - ${today}\n`))

    expect(git('status', '--porcelain')).toBe('')
    expect(git('log', '-1', '--format=%s')).toBe('Version 1.3.0')
    // An annotated tag, with what is new.
    expect(git('cat-file', '-t', 'v1.3.0')).toBe('tag')
    expect(git('tag', '--list', '-n9', 'v1.3.0')).toMatch(/Rushes 1\.3\.0[^]*### Added[^]*Takes can be folded/)
    expect(git('rev-parse', 'v1.3.0^{commit}')).toBe(git('rev-parse', 'HEAD'))
    expect(git('ls-remote', '--tags', 'origin')).toBe('')
    expect(git('rev-list', '--count', 'origin/main..main')).toBe('1')

    // Nothing is new since.
    refused(['patch'], /nothing under "Unreleased"/)
  })

  it.each([
    ['patch', '1.2.4'],
    ['major', '2.0.0'],
    ['1.10.0', '1.10.0'],
  ])('counts %s on', (asked, version) => {
    expect(release(asked, '--dry-run')).toEqual({ status: 0, said: expect.stringContaining(` as v${version},`) })
  })

  it('takes the version that stands there for a first release', () => {
    write('CHANGELOG.md', '# Changelog\n\n## [Unreleased]\n\n- All of it.\n')
    commit()
    expect(release('1.2.3').status).toBe(0)
    expect(git('tag')).toBe('v1.2.3')
    expect(read('CHANGELOG.md')).toMatch(
      /^# Changelog\n\n## \[Unreleased\]\n\n## \[1\.2\.3\] - [\d-]+\n\n- All of it\.\n$/,
    )
  })

  it('says with --dry-run what it would do, also where npm keeps that for itself', () => {
    const before = standing()
    for (const args of [
      ['--', 'patch', '--dry-run'],
      ['patch', '--dry-run'],
    ]) {
      const { status, said } = runIn(clone, 'npm', 'run', '--silent', 'release', ...args)
      expect({ status, said }).toMatchObject({ status: 0 })
      expect(said).toMatch(/Would release 1\.2\.3 as v1\.2\.4[^]*Takes can be folded/)
    }
    expect(standing()).toBe(before)
  })

  it('refuses what it cannot do, and says what to do', () => {
    refused([], /npm run release -- patch\|minor\|major/)
    refused(['minor', 'major'], /npm run release -- patch\|minor\|major/)
    refused(['tiny'], /tiny is neither patch, minor or major nor a version/)
    refused(['v1.3.0'], /v1\.3\.0 is neither/)
    refused(['patch', '--push'], /--push/)
    refused(['1.2.2'], /1\.2\.2 is lower than the version 1\.2\.3/)
    refused(['1.2.3'], /CHANGELOG\.md has the version 1\.2\.3 already/)
    git('tag', 'v1.2.4')
    refused(['patch'], /the tag v1\.2\.4 exists/)

    write('notes.txt', 'not committed')
    refused(['minor'], /not committed:[^]*notes\.txt/)
    commit()
    git('checkout', '--quiet', '-b', 'aside')
    refused(['minor'], /the branch is aside/)
    git('checkout', '--quiet', 'main')
    write('CHANGELOG.md', CHANGELOG.replace('## [Unreleased]', '## Soon'))
    commit()
    refused(['minor'], /no part "## \[Unreleased\]"/)
  })

  it('changes nothing of a repository around a folder that has none', () => {
    rmSync(join(clone, '.git'), { recursive: true })
    expect(runIn(folder, 'git', 'init', '--quiet').status).toBe(0)
    expect(release('minor')).toEqual({ status: 1, said: expect.stringMatching(/not a git repository of its own/) })
    expect(read('CHANGELOG.md')).toBe(CHANGELOG)
  })
})
