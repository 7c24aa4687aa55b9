import type { Rgb } from '../prompt/colours.ts'
import { css, mix } from './colour.ts'
import type { Layer, Stage } from './stage.ts'

const wrap = (value: number, span: number): number => ((value % span) + span) % span

/** Snow in three depths, turning as it falls. */
export const snowLayer = (stage: Stage, amount = 1): Layer => {
  const random = stage.random('snow')
  const { width, height, unit } = stage
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
  return (ctx, view) => {
    ctx.fillStyle = '#fdfeff'
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
      ctx.globalAlpha = flake.alpha
      ctx.beginPath()
      ctx.arc(x, y, flake.size, 0, Math.PI * 2)
      ctx.fill()
    }
    ctx.globalAlpha = 1
  }
}

/** Rain as slanting strokes, finer and paler further off. */
export const rainLayer = (stage: Stage, amount = 1): Layer => {
  const random = stage.random('rain')
  const { width, height, unit, light } = stage
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
  const tiers = [0, 1, 2].map((tier) => drops.filter((drop) => Math.min(2, Math.floor(drop.depth * 3)) === tier))
  return (ctx, view) => {
    tiers.forEach((tier, level) => {
      ctx.beginPath()
      for (const drop of tier) {
        const y = wrap(drop.y + view.seconds * drop.speed, span) - 80
        const x = drop.x + y * slant
        ctx.moveTo(x, y)
        ctx.lineTo(x + drop.length * slant, y + drop.length)
      }
      ctx.strokeStyle = css(colour, 0.16 + level * 0.09)
      ctx.lineWidth = (0.7 + level * 0.55) * unit
      ctx.stroke()
    })
  }
}

/** Leaves or petals that tumble across the frame. */
export const leafLayer = (stage: Stage, colours: readonly Rgb[], amount = 1): Layer => {
  const random = stage.random('leaves')
  const { width, height, unit } = stage
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
      colour: css(colours[Math.floor(random() * colours.length)] ?? [200, 120, 40]),
    }
  })
  return (ctx, view) => {
    for (const leaf of leaves) {
      const angle = view.seconds * leaf.turn + leaf.phase
      const x = wrap(leaf.x + view.seconds * leaf.drift + Math.sin(angle) * 26 * unit, width + 120) - 60
      const y = wrap(leaf.y + view.seconds * leaf.fall + Math.cos(angle * 0.7) * 14 * unit, height + 120) - 60
      ctx.fillStyle = leaf.colour
      ctx.globalAlpha = 0.9
      ctx.beginPath()
      ctx.ellipse(x, y, leaf.size, leaf.size * (0.18 + 0.42 * Math.abs(Math.sin(angle * 1.3))), angle, 0, Math.PI * 2)
      ctx.fill()
    }
    ctx.globalAlpha = 1
  }
}

/** Small lights that wander: fireflies, embers that rise, motes of dust. */
export const moteLayer = (
  stage: Stage,
  kind: {
    name: string
    colour: Rgb
    count: number
    rise: number
    size: number
    from: number
    to: number
    blink: number
  },
): Layer => {
  const random = stage.random(kind.name)
  const { width, height, unit } = stage
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
  return (ctx, view) => {
    ctx.globalCompositeOperation = 'lighter'
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
      ctx.fillStyle = css(kind.colour, Math.max(0, 0.1 * blink * edge))
      ctx.beginPath()
      ctx.arc(x, y, mote.size * 4.5, 0, Math.PI * 2)
      ctx.fill()
      ctx.fillStyle = css(kind.colour, Math.max(0, 0.2 * blink * edge))
      ctx.beginPath()
      ctx.arc(x, y, mote.size * 2.2, 0, Math.PI * 2)
      ctx.fill()
      ctx.fillStyle = css(mix(kind.colour, [255, 255, 255], 0.55), Math.max(0, 0.9 * blink * edge))
      ctx.beginPath()
      ctx.arc(x, y, mote.size, 0, Math.PI * 2)
      ctx.fill()
    }
    ctx.globalCompositeOperation = 'source-over'
  }
}
