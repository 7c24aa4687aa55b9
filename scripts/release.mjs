// npm run release -- patch|minor|major|1.2.3: gives the version its number, its place in CHANGELOG.md, a commit and a tag.
// `--dry-run` says what it would do. It pushes nothing.
import { spawnSync } from 'node:child_process'
import { readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from './root.mjs'

const USAGE = 'npm run release -- patch|minor|major, or a version as 1.2.3 [--dry-run]'
const CHANGELOG = 'CHANGELOG.md'
const VERSION_FILE = 'src/shared/version.ts'
const CHANGED = ['package.json', 'package-lock.json', 'packages/client/package.json', VERSION_FILE, CHANGELOG]

/**
 * Says why there is no release, and ends.
 * @param {string} why
 * @returns {never}
 */
const refuse = (why) => {
  console.error(`No release: ${why}`)
  process.exit(1)
}

/**
 * What a program prints; `undefined` where it fails.
 * @param {string} program
 * @param {string[]} args
 * @param {string} [folder]
 */
const ask = (program, args, folder = root) => {
  // On Windows npm is a batch file, which needs a shell.
  const shell = process.platform === 'win32' && program === 'npm'
  const { status, stdout } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    shell,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return status === 0 ? stdout.trim() : undefined
}

/**
 * The same for what has to succeed once files are changed.
 * @param {string} program
 * @param {string[]} args
 * @param {string} [folder]
 */
const must = (program, args, folder) => {
  if (ask(program, args, folder) === undefined)
    refuse(
      `${program} ${args[0]} failed, see above. \`git restore --staged --worktree .\` takes the changed files back.`,
    )
}

/** @param {string} path */
const read = (path) => readFileSync(join(root, path), 'utf8')

/**
 * The three numbers of a version; `undefined` for anything else.
 * @param {string} text
 */
const numbersOf = (text) => {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)$/.exec(text) ?? []
  return major === undefined ? undefined : { major: Number(major), minor: Number(minor), patch: Number(patch) }
}

/** @param {{ major: number, minor: number, patch: number }} numbers */
const versionOf = ({ major, minor, patch }) => `${major}.${minor}.${patch}`

/**
 * The version that is asked for. A first release may be the one that stands in package.json.
 * @param {string} asked
 * @param {string} current
 */
const nextVersion = (asked, current) => {
  const now = numbersOf(current) ?? refuse(`package.json has the version ${current}, which is not of the form 1.2.3.`)
  if (asked === 'patch') return versionOf({ ...now, patch: now.patch + 1 })
  if (asked === 'minor') return versionOf({ ...now, minor: now.minor + 1, patch: 0 })
  if (asked === 'major') return versionOf({ major: now.major + 1, minor: 0, patch: 0 })
  const exact = numbersOf(asked) ?? refuse(`${asked} is neither patch, minor or major nor a version. ${USAGE}`)
  const higher = exact.major - now.major || exact.minor - now.minor || exact.patch - now.patch
  if (higher < 0) refuse(`${asked} is lower than the version ${current} that package.json has.`)
  return versionOf(exact)
}

/**
 * The changelog with what was unreleased under a version, and that part alone.
 * @param {string} text
 * @param {string} heading what follows `## `
 */
const moveUnreleased = (text, heading) => {
  const [, before, notes, after] = /^([^]*?\n## \[Unreleased\]\n)([^]*?)((?:\n## [^]*)?)$/.exec(text) ?? []
  if (before === undefined || notes === undefined) return refuse(`${CHANGELOG} has no part "## [Unreleased]".`)
  if (!/^- /m.test(notes))
    refuse(`${CHANGELOG} has nothing under "Unreleased". Write there what changed, for whom, commit it, and try again.`)
  return { notes: notes.trim(), changelog: `${before}\n## ${heading}\n\n${notes.trim()}\n${after ?? ''}` }
}

/** What the command line asks for. */
const asked = () => {
  try {
    const { values, positionals } = parseArgs({ options: { 'dry-run': { type: 'boolean' } }, allowPositionals: true })
    const [version, ...more] = positionals
    if (version === undefined || more.length > 0) return refuse(USAGE)
    // npm keeps an option that stands before `--` for itself, and tells of it only so.
    return { version, dryRun: values['dry-run'] === true || process.env['npm_config_dry_run'] === 'true' }
  } catch (error) {
    return refuse(`${error instanceof Error ? error.message : error}\n${USAGE}`)
  }
}

const { version: wanted, dryRun } = asked()
const top = ask('git', ['rev-parse', '--show-toplevel'])
if (top === undefined || realpathSync(top) !== realpathSync(root))
  refuse('this folder is not a git repository of its own. Release from a clone.')
const branch = ask('git', ['branch', '--show-current'])
if (branch !== 'main') refuse(`the branch is ${branch || 'none'}; releases are made on main.`)
const dirty = ask('git', ['status', '--porcelain'])
if (dirty !== '') refuse(`there are changes that are not committed:\n${dirty}`)

const { version: current } = JSON.parse(read('package.json'))
const version = nextVersion(wanted, current)
const tag = `v${version}`
if (ask('git', ['tag', '--list', tag]) !== '') refuse(`the tag ${tag} exists.`)
if (read(CHANGELOG).includes(`\n## [${version}]`)) refuse(`${CHANGELOG} has the version ${version} already.`)
const { notes, changelog } = moveUnreleased(
  read(CHANGELOG),
  `[${version}] - ${new Date().toISOString().slice(0, 'yyyy-mm-dd'.length)}`,
)
const versionFile = read(VERSION_FILE).replace(/VERSION = '[^']*'/, `VERSION = '${version}'`)
if (!versionFile.includes(`'${version}'`)) refuse(`${VERSION_FILE} has no line VERSION = '…'.`)

if (dryRun) {
  console.log(`Would release ${current} as ${tag}, changing ${CHANGED.join(', ')}. Its notes:\n\n${notes}`)
  process.exit(0)
}

writeFileSync(join(root, CHANGELOG), changelog)
writeFileSync(join(root, VERSION_FILE), versionFile)
for (const folder of [root, join(root, 'packages', 'client')])
  must('npm', ['version', version, '--no-git-tag-version', '--allow-same-version'], folder)
must('git', ['commit', '--quiet', '--message', `Version ${version}`, '--', ...CHANGED])
// Headings begin with #, which git would take for comments.
must('git', ['tag', '--annotate', tag, '--cleanup=whitespace', '--message', `Rushes ${version}\n\n${notes}`])
console.log(`Released ${tag}: a commit and a tag, here only. Look at them with \`git show ${tag}\`, then

  npm test
  git push origin main ${tag}

To take it back before that: git tag --delete ${tag} && git reset --hard HEAD~1`)
