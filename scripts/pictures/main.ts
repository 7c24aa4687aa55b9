import { fork } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { keepPictures, machine, readKeptPictures } from '../../src/engine/testing/kept-pictures.ts'
import { pictureCases } from '../../src/engine/testing/pictures.ts'
import { paintedSchema } from './messages.ts'

/** Paints cases in as many processes as there are cores, and answers their hashes by name. */
const paintAll = async (names: readonly string[]): Promise<Map<string, string>> => {
  const hashes = new Map<string, string>()
  const left = [...names]
  const paintSome = async (): Promise<void> => {
    const child = fork(fileURLToPath(new URL('child.ts', import.meta.url)))
    const next = (): void => {
      const name = left.shift()
      if (name === undefined) child.disconnect()
      else child.send(name)
    }
    child.on('message', (message) => {
      const { name, hash } = paintedSchema.parse(message)
      hashes.set(name, hash)
      next()
    })
    next()
    const [code, signal] = await once(child, 'exit')
    if (code !== 0) throw new Error(`A process that paints ended (${signal ?? `exit ${code}`}): see above.`)
  }
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), names.length) }, paintSome))
  return hashes
}

const run = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    options: { check: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const words = positionals.flatMap((given) => given.toLowerCase().split(',')).filter(Boolean)
  const all = pictureCases().map(({ name }) => name)
  const names = all.filter((name) => words.length === 0 || words.some((word) => name.toLowerCase().includes(word)))
  if (names.length === 0)
    throw new Error(`No case has ${words.join(' or ')} in its name: see src/engine/golden/pictures.txt.`)
  const kept = readKeptPictures()
  const isOther = kept.hashes.size > 0 && kept.machine !== machine()
  if (isOther && (values.check || words.length > 0))
    throw new Error(
      `The hashes were kept on "${kept.machine}", and this is "${machine()}", which may round otherwise: nothing to ` +
        'compare with. Keep all of the unchanged code here first (`npm run pictures`), then compare the change with them.',
    )
  const begun = performance.now()
  const hashes = await paintAll(names)
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  const changed = names.filter((name) => kept.hashes.get(name) !== hashes.get(name))
  const gone = words.length > 0 ? [] : [...kept.hashes.keys()].filter((name) => !hashes.has(name))
  for (const name of changed) console.log(`${kept.hashes.has(name) ? 'changed' : 'new    '}  ${name}`)
  for (const name of gone) console.log(`gone     ${name}`)
  console.log(`${names.length} painted in ${seconds} s: ${changed.length} changed or new, ${gone.length} gone`)
  if (values.check) return changed.length + gone.length > 0 ? 1 : 0
  keepPictures(
    new Map(
      all.flatMap((name) => {
        const hash = hashes.get(name) ?? kept.hashes.get(name)
        return hash === undefined ? [] : [[name, hash]]
      }),
    ),
  )
  return 0
}

run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  },
)
