// Compiles assembly/ to WebAssembly, as text in src/engine/kernels/wasm/binary.ts: the engine then runs from its sources and
// from a bundle alike, and needs no compiler. The test of the npm scripts holds the two together.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './root.mjs'

const compileKernels = () => {
  const folder = mkdtempSync(join(tmpdir(), 'rushes-kernels-'))
  const file = join(folder, 'kernels.wasm')
  try {
    const compiler = join(root, 'node_modules/assemblyscript/bin/asc.js')
    const options = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--initialMemory', '1', '-o', file]
    execFileSync(process.execPath, [compiler, join(root, 'assembly/index.ts'), ...options], { stdio: 'inherit' })
    const text = readFileSync(file).toString('base64')
    return `// Made of assembly/ by \`npm run kernels\`.\nexport const BINARY =\n  '${text}'\n`
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const target = join(root, 'src/engine/kernels/wasm/binary.ts')
const made = compileKernels()
// `--check` only tells, by its exit code, whether the two still belong together.
if (process.argv.includes('--check')) {
  const isSame = readFileSync(target, 'utf8') === made
  if (!isSame) console.error('binary.ts is not what assembly/ compiles to: run `npm run kernels`.')
  process.exit(isSame ? 0 : 1)
}
writeFileSync(target, made)
