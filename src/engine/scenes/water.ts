import { createCanvas, type Canvas } from '@napi-rs/canvas'
import { css, mix, shift } from './colour.ts'
import { paintPlate } from './plate.ts'
import { sunSpot } from './sky.ts'
import type { Layer, Stage } from './stage.ts'
import { yAt } from './view.ts'

/**
 * Still water below a line of the frame: mirrors whatever the frame shows above it, torn into ripples that widen
 * towards the viewer. `canvas` is the frame itself.
 */
export const mirrorLayer = (
  stage: Stage,
  canvas: Canvas,
  line: { y: number; depth: number; calm: number; tall: number },
): Layer => {
  const { light, width, height, unit } = stage
  const deep = mix(mix(light.ambient, light.skyTop, 0.55), [6, 22, 34], 0.45)
  const far = mix(light.skyLow, light.ambient, 0.25)
  const tone = paintPlate({ x: 0, y: 0, width, height: height * 0.8 }, 0, (ctx) => {
    const wash = ctx.createLinearGradient(0, 0, 0, height * 0.6)
    wash.addColorStop(0, css(far, 0.1))
    wash.addColorStop(0.3, css(deep, 0.26))
    wash.addColorStop(1, css(deep, 0.72))
    ctx.fillStyle = wash
    ctx.fillRect(0, 0, width, height)
  })
  const noise = stage.noise('ripples')
  // The mirror reads from a copy: a canvas that draws itself copies itself for every stroke.
  const above = createCanvas(width, Math.ceil(Math.min(height, line.y + stage.reach.y + height * 0.1)))
  const copy = above.getContext('2d')
  copy.globalCompositeOperation = 'copy'
  return (ctx, view) => {
    const top = Math.min(above.height, Math.round(yAt(view, line.y, line.depth)))
    const rows = height - top
    if (rows <= 0) return
    copy.drawImage(canvas, 0, 0)
    copy.getImageData(0, 0, 1, 1)
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
      ctx.drawImage(above, 0, source, width, thick, sway - 14 * unit, top + row, width + 28 * unit, thick)
      row += thick
    }
    ctx.drawImage(tone.canvas, 0, top)
  }
}

/** Glints on water: short level strokes that come and go, thickest below the sun. */
export const glintLayer = (stage: Stage, line: { y: number; depth: number; amount: number }): Layer => {
  const { light, width, height, unit } = stage
  const random = stage.random('glints')
  const spot = sunSpot(stage, line.y)
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
  const colour = css(mix(shift(light.sun.shown ? light.sun.colour : light.skyLow, 0.04), light.key, 0.2))
  return (ctx, view) => {
    const top = yAt(view, line.y, line.depth)
    ctx.fillStyle = colour
    for (const glint of glints) {
      const wave = Math.sin(view.seconds * glint.speed * 2 + glint.phase)
      if (wave < 0.1) continue
      ctx.globalAlpha = wave * 0.62 * glint.strong * (0.35 + 0.65 * (1 - glint.share)) * (light.dark > 0.6 ? 0.7 : 1)
      const y = top + glint.share * (height - top)
      const thick = (0.6 + glint.share * 1.1) * unit
      const long = glint.length * (0.6 + 0.4 * wave)
      ctx.beginPath()
      ctx.ellipse(glint.x + Math.sin(view.seconds * 0.7 + glint.phase) * 3 * unit, y, long, thick, 0, 0, Math.PI * 2)
      ctx.fill()
    }
    ctx.globalAlpha = 1
  }
}
