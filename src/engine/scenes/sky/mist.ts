import type { Rgb } from '../../rgb.ts'
import { mix } from '../../canvas/colour.ts'
import { paintMemory, paintRows, placeOf } from '../../canvas/paint-memory.ts'
import { driftBox, type Layer, type SceneContext } from '../layers.ts'
import { drawSprite, pixelSprite, type Sprite } from '../../canvas/sprite.ts'

/**
 * Mist around a height of the frame, `thick` times the scene's unit to each side, at most `strength` opaque. `speed` in
 * widths a second.
 */
type Band = { name: string; y: number; thick: number; depth: number; strength: number; colour: Rgb; speed?: number }

const SPEED = 0.009

/** A band of mist that stays where it is. */
export const mistSprite = (scene: SceneContext, band: Band): Sprite => {
  const thick = band.thick * scene.unit
  const box = driftBox(scene, band.depth, band.speed ?? SPEED, band.y - thick, band.y + thick)
  const scale = 0.25
  const columns = Math.ceil(box.width * scale)
  const rows = Math.ceil(box.height * scale)
  const noise = scene.noise(`mist ${band.name}`)
  const table = placeOf(noise.table)
  const { kernels } = paintMemory()
  const [red, green, blue] = band.colour.map((value) => Math.min(255, Math.max(0, Math.round(value))))
  const colour = red! | (green! << 8) | (blue! << 16)
  const data = paintRows(columns, rows, (row, to) => {
    const rise = Math.abs((row + 0.5) / rows - 0.5) * 2
    const strong = (1 - rise * rise) ** 2 * band.strength * 255
    const y = row / scale / (90 * scene.unit)
    const step = 1 / scale / (260 * scene.unit)
    kernels.mistRow(to, columns, table, step, y, strong, colour, scene.seed(`mist ${band.name} ${row}`))
  })
  return pixelSprite(box, band.depth, { width: columns, height: rows, data })
}

/** A band of drifting mist. */
export const mistLayer = (scene: SceneContext, band: Band): Layer => {
  if (band.strength <= 0.01) return () => {}
  const sprite = mistSprite(scene, band)
  const speed = band.speed ?? SPEED
  return (ctx, view) => drawSprite(ctx, view, sprite, speed * view.seconds * scene.width)
}

type AirBand = Omit<Band, 'colour'> & { most?: number } & ({ sky?: number } | { colour: Rgb })

/**
 * A band of mist as dense as the air is, at most `most` opaque (0.85 if not given). Where it has no colour of its own, that
 * lies between the haze's and the low sky's: `sky` is the share of that, half if not given.
 */
export const airLayer = (scene: SceneContext, { most = 0.85, ...band }: AirBand): Layer => {
  const { air, haze, skyLow } = scene.light
  const colour = 'colour' in band ? band.colour : mix(haze, skyLow, band.sky ?? 0.5)
  return mistLayer(scene, { ...band, strength: Math.min(most, band.strength * air), colour })
}
