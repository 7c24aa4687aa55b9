import { mkdir, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parts } from './parts.ts'
import { writeReadmeSheet } from './readme.ts'
import { writeWelcome } from './welcome.ts'
import { readSource, type Source } from './source.ts'

type PartName = keyof typeof parts

const isPart = (name: string): name is PartName => Object.hasOwn(parts, name)

const page = (sheets: readonly string[]): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8" />
<title>Rushes: gallery</title>
<style>
  body { margin: 0; padding: 24px; background: #111214; color: #f2f1ee; font: 15px system-ui, sans-serif }
  img { display: block; max-width: 100%; margin: 0 auto 32px }
</style>
${sheets.map((name) => `<img src="${name}" alt="${name.replace(/\.png$/, '')}" loading="lazy" />`).join('\n')}
</html>
`

const run = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    options: { out: { type: 'string', default: 'gallery' } },
    allowPositionals: true,
  })
  if (positionals.includes('readme')) {
    console.log(await writeReadmeSheet())
    return
  }
  if (positionals.includes('welcome')) {
    console.log(await writeWelcome())
    return
  }
  const wanted = positionals.filter(isPart)
  const [path, ...more] = positionals.filter((name) => !isPart(name))
  if (more.length > 0) throw new Error(`One source at a time: ${[path, ...more].join(', ')}`)
  if (path !== undefined && !(await stat(path).catch(() => undefined)))
    throw new Error(`${path} is neither a file nor one of ${Object.keys(parts).join(', ')}`)
  const folder = resolve(values.out)
  await mkdir(folder, { recursive: true })
  let source: Promise<Source> | undefined
  const sheets: string[] = []
  for (const name of wanted.length > 0 ? wanted : (Object.keys(parts) as PartName[])) {
    const begun = performance.now()
    sheets.push(...(await parts[name](folder, () => (source ??= readSource(path)))))
    console.log(`${name.padEnd(12)} ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  }
  await writeFile(join(folder, 'index.html'), page(sheets))
  console.log(`\n${join(folder, 'index.html')}`)
}

// FFmpeg's binding does not survive Node's own way of ending: the process leaves as soon as it is done.
run().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  },
)
