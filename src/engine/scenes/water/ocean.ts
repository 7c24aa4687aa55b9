import { mix, ramp, shift } from '../../canvas/colour.ts'
import type { Sheet } from '../../canvas/frame-memory.ts'
import { LANE, lane, paintMemory, paintRows, placeOf } from '../../canvas/paint-memory.ts'
import { sunSpot } from '../sky/sky.ts'
import type { Random } from '../../random.ts'
import type { Layer, SceneContext } from '../layers.ts'
import { yAt } from '../../canvas/camera-view.ts'

/** A cell of the painted water, in pixels of a 720 line frame. Enlarging it makes the water soft. */
const WIDE = 5
const TALL = 2.5

/** Metres from the eye down to the water, and pixels of 720 lines to the picture. */
const EYE = 9
const FOCAL = 640

/** Waves of seven lengths, metres, about one heading. */
const travellingWaves = (random: Random, rough: number) => {
  const heading = (random() - 0.5) * 0.9
  return [38, 23, 14, 8.4, 5.1, 3, 1.9].map((length) => {
    const angle = heading + (random() - 0.5) * 1.1
    const k = (Math.PI * 2) / length
    const [kx, kz] = [Math.sin(angle) * k, Math.cos(angle) * k]
    return {
      kx,
      kz,
      speed: Math.sqrt(9.8 * k) * 0.62,
      steep: 0.075 * (0.6 + random() * 0.7) * rough,
      phase: random() * 7,
      length,
      facingX: kx * length * 0.16,
      facingZ: kz * length * 0.16,
    }
  })
}

type Wave = ReturnType<typeof travellingWaves>[number]

/** What the water reflects by how much it faces the eye: 256 colours, RGBA. */
const reflections = ({ light }: SceneContext): Float32Array => {
  const deep = mix(mix(light.ambient, light.skyTop, 0.5), [4, 34, 46], light.dark > 0.5 ? 0.3 : 0.55)
  const clear = light.weather === 'clear' && light.dark < 0.2 ? mix(deep, [20, 140, 150], 0.45) : deep
  const sky = ramp(
    [
      [0, mix(clear, light.ambient, 0.12)],
      [0.35, mix(deep, light.skyMid, 0.38)],
      [0.7, mix(light.skyMid, light.skyLow, 0.4)],
      [1, shift(light.skyLow, 0.01)],
    ],
    256,
  )
  const row = new Float32Array(256 * 4)
  for (let step = 0; step < 256; step++) row.set([...sky.subarray(step * 3, step * 3 + 3), 255], step * 4)
  return row
}

/** A row of the water: metres away, metres that it spans, its first point across and the metres to the next. */
type Row = { z: number; span: number; startX: number; stepX: number; t: number }

/** Writes the waves at a row as the kernel reads them, twelve numbers each: see assembly/sea.ts. */
const writeWaves = (lane: Float32Array, waves: readonly Wave[], { z, span, startX, stepX, t }: Row): void =>
  waves.forEach((wave, index) => {
    // Waves shorter than what a row spans would only shimmer: they fade out with distance.
    const push = wave.steep * (wave.length > span * 2 ? 1 : wave.length / (span * 2))
    const phase = wave.kx * startX + wave.kz * z + wave.speed * t + wave.phase
    const turn = wave.kx * stepX
    const at = index * 12
    for (let column = 0; column < 4; column++) {
      lane[at + column] = Math.cos(phase + turn * column) * push
      lane[at + 4 + column] = Math.sin(phase + turn * column) * push
    }
    lane.set([Math.cos(turn * 4), Math.sin(turn * 4), wave.facingX, wave.facingZ], at + 8)
  })

/**
 * Open water down to the lower edge: a sum of waves that travel with the speed of their length (deep water: faster the
 * longer), each point reflecting the sky that its slope faces and, below the sun, the sun itself.
 */
export const oceanLayer = (
  scene: SceneContext,
  line: { y: number; depth: number; rough: number; bottom?: number },
): Layer => {
  const { light, width, height, unit } = scene
  const below = (line.bottom ?? height) - line.y + scene.reach.y + 8
  const columns = Math.ceil(width / (WIDE * unit))
  const rows = Math.ceil(below / (TALL * unit))
  const waves = travellingWaves(scene.random('ocean'), line.rough)
  const gusts = scene.noise('gusts')
  const skyRow = reflections(scene)
  const spot = sunSpot(scene, line.y)
  const shine = light.sun.shown ? (light.sun.moon ? 0.65 : Math.min(1.2, light.sun.glow)) : 0
  const sunColour = shift(light.sun.colour, 0.02)
  let kept: Sheet | undefined
  return (_, view) => {
    const t = view.seconds
    const { kernels } = paintMemory()
    const [skyLane, waveLane, list] = [lane(LANE.x), lane(LANE.y), lane(LANE.list)]
    const table = placeOf(gusts.table)
    skyLane.set(skyRow)
    const data = paintRows(columns, rows, (row, to) => {
      const drop = (row + 0.6) * TALL
      const z = (EYE * FOCAL) / drop
      const share = row / rows
      const near = Math.min(1, drop / 260)
      const span = (z * z * TALL) / (EYE * FOCAL)
      const stepX = ((width / unit) * z) / FOCAL / columns
      const startX = -0.5 * (width / unit) * (z / FOCAL) - view.x * 40
      writeWaves(waveLane, waves, { z, span, startX, stepX, t })
      const wide = width * (0.018 + share * 0.11)
      const chopped = 0.05 * line.rough * Math.min(1, 3 / (span + 0.2))
      // The far edge melts into the air.
      const alpha = row < 2 ? 140 + row * 60 : 255
      const foam = line.rough > 1.2 ? 2.4 * near : 0
      list.set([startX, stepX, t * 0.05, z * 0.008, 40, z * 0.03 - t * 0.06, t * 0.5, z * 0.42 - t * 0.9])
      list.set([chopped, 0.8 - near * 0.52, -spot.x / wide, width / columns / wide, (width * 0.5) / wide], 8)
      list.set([shine, 0.19 * line.rough, foam, ...sunColour, alpha], 13)
      kernels.seaRow(to, columns, table, skyLane.byteOffset, waveLane.byteOffset, waves.length, list.byteOffset)
    })
    const { frameCanvas } = view
    kept ??= frameCanvas.memory.sheet(columns, rows)
    frameCanvas.memory.fill(kept, data, columns, rows, false)
    frameCanvas.lay(kept, { x: 0, y: yAt(view, line.y, line.depth), width, height: rows * TALL * unit })
  }
}
