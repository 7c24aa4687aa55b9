import type { Rgb } from '../../rgb.ts'
import { mix } from '../../canvas/colour.ts'
import { createDabs } from '../../canvas/dabs.ts'
import type { Layer, SceneContext } from '../layers.ts'

const WHITE: Rgb = [253, 254, 255]

const wrap = (value: number, span: number): number => ((value % span) + span) % span

/** Snow in three depths, turning as it falls. */
export const snowLayer = (scene: SceneContext, amount = 1): Layer => {
  const random = scene.random('snow')
  const { width, height, unit } = scene
  const wind = (random() - 0.5) * 60 * unit
  const flakes = Array.from({ length: Math.round(620 * amount) }, () => {
    const depth = random() ** 3.4
    return {
      x: random() * (width + 80),
      y: random() * (height + 80),
      size: (0.9 + random() * 0.7 + depth * 3.2) * unit,
      fall: (38 + depth * 150) * unit,
      sway: (6 + random() * 16) * unit,
      phase: random() * Math.PI * 2,
      alpha: depth > 0.5 ? 0.42 : 0.5 + random() * 0.4,
      depth,
    }
  })
  const dabs = createDabs(flakes.length)
  return (_, view) => {
    for (const flake of flakes) {
      const x =
        wrap(
          flake.x +
            view.seconds * wind * (0.4 + flake.depth) +
            Math.sin(view.seconds * 1.1 + flake.phase) * flake.sway -
            view.x * width * (0.5 + flake.depth),
          width + 80,
        ) - 40
      const y = wrap(flake.y + view.seconds * flake.fall, height + 80) - 40
      dabs.paint(WHITE, flake.alpha)
      dabs.disc(x, y, flake.size)
    }
    dabs.lay(view.frameCanvas)
  }
}

/** Rain as slanting strokes, finer and paler further off. */
export const rainLayer = (scene: SceneContext, amount = 1): Layer => {
  const random = scene.random('rain')
  const { width, height, unit, light } = scene
  const slant = (0.06 + random() * 0.14) * (random() < 0.5 ? -1 : 1)
  const span = height + 160
  const drops = Array.from({ length: Math.round(520 * amount) }, () => {
    const depth = random()
    return {
      x: random() * (width + span * 0.4) - span * 0.2,
      y: random() * span,
      speed: (900 + depth * 900) * unit,
      length: (16 + depth * 44) * unit,
      depth,
    }
  })
  const colour = mix(light.skyLow, [225, 235, 250], 0.6)
  const dabs = createDabs(drops.length)
  return (_, view) => {
    for (const drop of drops) {
      const level = Math.min(2, Math.floor(drop.depth * 3))
      const y = wrap(drop.y + view.seconds * drop.speed, span) - 80
      const x = drop.x + y * slant
      dabs.paint(colour, 0.16 + level * 0.09)
      dabs.line(x, y, x + drop.length * slant, y + drop.length, (0.7 + level * 0.55) * unit)
    }
    dabs.lay(view.frameCanvas)
  }
}

/** Leaves or petals that tumble across the frame. */
export const leafLayer = (scene: SceneContext, colours: readonly Rgb[], amount = 1): Layer => {
  const random = scene.random('leaves')
  const { width, height, unit } = scene
  const side = random() < 0.5 ? -1 : 1
  const leaves = Array.from({ length: Math.round(64 * amount) }, () => {
    const near = random() ** 2
    return {
      x: random() * (width + 120),
      y: random() * (height + 120),
      size: (4 + near * 9) * unit,
      fall: (46 + near * 90) * unit,
      drift: (30 + random() * 70) * unit * side,
      turn: 0.8 + random() * 2.2,
      phase: random() * Math.PI * 2,
      colour: colours[Math.floor(random() * colours.length)] ?? ([200, 120, 40] as const),
    }
  })
  const dabs = createDabs(leaves.length)
  return (_, view) => {
    for (const leaf of leaves) {
      const angle = view.seconds * leaf.turn + leaf.phase
      const x = wrap(leaf.x + view.seconds * leaf.drift + Math.sin(angle) * 26 * unit, width + 120) - 60
      const y = wrap(leaf.y + view.seconds * leaf.fall + Math.cos(angle * 0.7) * 14 * unit, height + 120) - 60
      dabs.paint(leaf.colour, 0.9)
      dabs.ellipse(x, y, leaf.size, leaf.size * (0.18 + 0.42 * Math.abs(Math.sin(angle * 1.3))), angle)
    }
    dabs.lay(view.frameCanvas)
  }
}

/** Small lights that wander: fireflies, embers that rise, motes of dust; `from` and `to` are heights of the frame, 0 the top. */
export type Motes = {
  name: string
  colour: Rgb
  count: number
  rise: number
  size: number
  from: number
  to: number
  blink: number
}

export const moteLayer = (scene: SceneContext, kind: Motes): Layer => {
  const random = scene.random(kind.name)
  const { width, height, unit } = scene
  const top = kind.from * height
  const span = (kind.to - kind.from) * height
  const motes = Array.from({ length: kind.count }, () => ({
    x: random() * width,
    y: random() * span,
    size: kind.size * (0.5 + random()) * unit,
    phase: random() * Math.PI * 2,
    pace: 0.5 + random(),
    wander: (16 + random() * 40) * unit,
  }))
  const dabs = createDabs(motes.length * 3, true)
  const core = mix(kind.colour, [255, 255, 255], 0.55)
  return (_, view) => {
    for (const mote of motes) {
      const t = view.seconds * mote.pace
      const blink = 1 - kind.blink * (0.5 + 0.5 * Math.sin(t * 2.3 + mote.phase * 5))
      const x =
        mote.x +
        Math.sin(t + mote.phase) * mote.wander +
        Math.sin(t * 2.3 + mote.phase * 2) * mote.wander * 0.3 -
        view.x * width
      const y =
        top +
        wrap(
          mote.y - view.seconds * kind.rise * mote.pace * unit + Math.cos(t * 1.2 + mote.phase) * mote.wander * 0.4,
          span,
        )
      const edge = Math.min(1, (y - top) / (span * 0.15), (top + span - y) / (span * 0.15))
      dabs.paint(kind.colour, Math.max(0, 0.1 * blink * edge))
      dabs.disc(x, y, mote.size * 4.5)
      dabs.paint(kind.colour, Math.max(0, 0.2 * blink * edge))
      dabs.disc(x, y, mote.size * 2.2)
      dabs.paint(core, Math.max(0, 0.9 * blink * edge))
      dabs.disc(x, y, mote.size)
    }
    dabs.lay(view.frameCanvas)
  }
}
