import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { createCanvas } from '@napi-rs/canvas'
import { z } from 'zod'
import { drawStill } from './stills.ts'

const FILE = fileURLToPath(new URL('../golden/pictures.txt', import.meta.url))

/** Hashes by the case's name, and the kind of machine that they were made on. */
export type KeptPictures = { machine: string; hashes: Map<string, string> }

/**
 * Skia chooses its code by what the processor can do, and V8 its own for sines and powers: either may round a colour
 * otherwise. What these do with a drawing that has nothing of the engine in it tells kinds of machine apart.
 */
const probe = (): string => {
  const hash = createHash('sha256').update(drawStill(320, 180).data)
  const canvas = createCanvas(96, 96)
  const ctx = canvas.getContext('2d')
  const glow = ctx.createRadialGradient(40, 44, 3, 50, 50, 47)
  glow.addColorStop(0, 'rgba(255,240,200,0.9)')
  glow.addColorStop(0.4, 'rgba(200,90,30,0.61)')
  glow.addColorStop(1, 'rgba(20,30,90,0.13)')
  ctx.filter = 'blur(2.3px)'
  ctx.fillStyle = glow
  ctx.fillRect(3.3, 5.7, 88.1, 83.9)
  ctx.filter = 'none'
  for (const [index, mode] of (['screen', 'multiply', 'lighter', 'overlay', 'soft-light'] as const).entries()) {
    ctx.globalCompositeOperation = mode
    ctx.setTransform(1.1, 0.13 * index, -0.21, 0.93, index * 3.7, 1.3)
    ctx.globalAlpha = 0.37 + index / 9
    ctx.drawImage(canvas, 5.5, 7.25, 71.3, 52.9)
  }
  hash.update(ctx.getImageData(0, 0, 96, 96).data)
  const numbers = Float64Array.from({ length: 4096 }, (_, index) => {
    const x = (index - 2048) / 37.7
    return Math.sin(x) + Math.cos(x * 3) + Math.exp(x / 9) + Math.abs(x) ** 1.37 + Math.atan2(x, 3.1) + Math.tanh(x)
  })
  return hash.update(new Uint8Array(numbers.buffer)).digest('hex').slice(0, 8)
}

/** What the bytes of a picture depend on besides the engine's code. */
export const machine = (): string => {
  const { version } = z
    .object({ version: z.string() })
    .parse(createRequire(import.meta.url)('@napi-rs/canvas/package.json'))
  return `${process.platform} ${process.arch}, @napi-rs/canvas ${version}, probe ${probe()}`
}

const HEAD = `# What the engine paints, one hash a case: the first 16 digits of the SHA-256 of the bytes of some frames, before any
# encoder. A change that is not meant to be seen leaves them as they are: \`npm run pictures -- --check\` tells.
# Where a change is meant to be seen, \`npm run pictures\` keeps the new ones; say so in the commit, and look at the sheets
# of \`npm run gallery\`. They hold for the machine below: another processor or canvas may round a colour otherwise.
`
const MACHINE = '# machine: '

/** Reads the hashes that are kept; none where there is no file yet. */
export const readKeptPictures = (): KeptPictures => {
  const lines = existsSync(FILE) ? readFileSync(FILE, 'utf8').split('\n') : []
  const entries = lines.flatMap((line) => {
    const [, hash, name] = /^([0-9a-f]{16}) {2}(.+)$/.exec(line) ?? []
    return hash && name ? [[name, hash] as const] : []
  })
  const known = lines.find((line) => line.startsWith(MACHINE))?.slice(MACHINE.length) ?? 'none'
  return { machine: known, hashes: new Map(entries) }
}

/** Keeps hashes as those of this machine. */
export const keepPictures = (hashes: ReadonlyMap<string, string>): void => {
  const lines = Array.from(hashes, ([name, hash]) => `${hash}  ${name}\n`)
  writeFileSync(FILE, `${HEAD}${MACHINE}${machine()}\n${lines.join('')}`)
}
