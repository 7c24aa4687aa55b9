import type { Rgb } from '../../rgb.ts'
import { mix, planesOfColour, shift } from '../../canvas/colour.ts'
import { createDabs } from '../../canvas/dabs.ts'
import { createMirror, type Mirror } from '../../canvas/mirror.ts'
import { sunSpot } from '../sky/sky.ts'
import type { Layer, SceneContext } from '../layers.ts'
import { yAt } from '../../canvas/camera-view.ts'

/** Pixels (of 720 lines) that the mirror reaches beyond each side, so that its ripples can sway. */
const MARGIN = 14

/** The water's own colour over what it mirrors, by share of the frame's height below the shore: colour and alpha. */
const toneOf = (scene: SceneContext): ((share: number) => { colour: Rgb; alpha: number }) => {
  const { light } = scene
  const deep = mix(mix(light.ambient, light.skyTop, 0.55), [6, 22, 34], 0.45)
  const far = mix(light.skyLow, light.ambient, 0.25)
  return (share) => {
    const down = Math.min(1, share / 0.6)
    if (down > 0.3) return { colour: deep, alpha: 0.26 + (0.46 * (down - 0.3)) / 0.7 }
    return { colour: mix(far, deep, down / 0.3), alpha: 0.1 + (0.16 * down) / 0.3 }
  }
}

/**
 * Still water below a line of the frame: mirrors whatever the frame shows above it, torn into ripples that widen
 * towards the viewer.
 */
export const mirrorLayer = (
  scene: SceneContext,
  line: { y: number; depth: number; calm: number; tall: number },
): Layer => {
  const { height, unit } = scene
  const tone = toneOf(scene)
  const tones = Array.from({ length: height }, (_, row) => {
    const { colour, alpha } = tone(row / height)
    return [...planesOfColour(colour).map((value) => Math.round(value * alpha)), Math.round(alpha * 255)] as const
  })
  const noise = scene.noise('ripples')
  let mirror: Mirror | undefined
  return (_, view) => {
    const { frameCanvas } = view
    mirror ??= createMirror(frameCanvas, MARGIN * unit, height)
    frameCanvas.settle()
    const top = Math.max(1, Math.round(yAt(view, line.y, line.depth)))
    const rows = height - top
    if (rows <= 0) return
    let row = 0
    while (row < rows) {
      const share = row / rows
      const thick = Math.max(1, Math.round((1 + share * 2.2) * unit))
      const away = 1 / (0.05 + share)
      const swell =
        noise(away * 1.9 + view.seconds * 0.55, view.seconds * 0.16) +
        noise(away * 5.3 - view.seconds * 0.8, 7 + view.seconds * 0.3) * 0.6
      const sway = swell * (0.6 + share * 11) * unit * line.calm
      const fold = swell * (0.8 + share * 12) * unit * line.calm
      const source = Math.min(top - thick, Math.max(0, top - row * line.tall - thick - fold))
      for (let part = 0; part < thick && row + part < rows; part++)
        mirror.set(row + part, source + thick - 1 - part, sway, tones[row + part]!)
      row += thick
    }
    mirror.lay(top, rows)
  }
}

/** Glints on water: short level strokes that come and go, thickest below the sun. */
export const glintLayer = (scene: SceneContext, line: { y: number; depth: number; amount: number }): Layer => {
  const { light, width, height, unit } = scene
  const random = scene.random('glints')
  const spot = sunSpot(scene, line.y)
  const path = light.sun.shown ? light.sun.glow : 0.15
  const count = Math.round(420 * line.amount)
  const glints = Array.from({ length: count }, () => {
    const share = random() ** 1.7
    const under = random() < 0.72 * Math.min(1, path)
    const spread = width * (0.02 + share * 0.13)
    return {
      x: under ? spot.x + (random() + random() + random() - 1.5) * spread : random() * width,
      share,
      length: (3 + share * 20) * unit * (0.5 + random()),
      phase: random() * Math.PI * 2,
      speed: 0.9 + random() * 1.8,
      strong: under ? 1 : 0.3,
    }
  })
  const colour = mix(shift(light.sun.shown ? light.sun.colour : light.skyLow, 0.04), light.key, 0.2)
  const dabs = createDabs(count)
  return (_, view) => {
    const top = yAt(view, line.y, line.depth)
    for (const glint of glints) {
      const wave = Math.sin(view.seconds * glint.speed * 2 + glint.phase)
      if (wave < 0.1) continue
      const alpha = wave * 0.62 * glint.strong * (0.35 + 0.65 * (1 - glint.share)) * (light.dark > 0.6 ? 0.7 : 1)
      const y = top + glint.share * (height - top)
      const thick = (0.6 + glint.share * 1.1) * unit
      const long = glint.length * (0.6 + 0.4 * wave)
      dabs.paint(colour, alpha)
      dabs.ellipse(glint.x + Math.sin(view.seconds * 0.7 + glint.phase) * 3 * unit, y, long, thick, 0)
    }
    dabs.lay(view.frameCanvas)
  }
}
