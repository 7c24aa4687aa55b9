import type { SKRSContext2D } from '@napi-rs/canvas'
import type { DrawingContext } from '../../canvas/drawing-context.ts'
import { fillPath, fillRectangle, readPath } from '../../canvas/paths.ts'
import { type Tone, toneOf } from '../tone.ts'
import { css, shift } from '../../canvas/colour.ts'
import { drawSprite, paintSprite } from '../../canvas/sprite.ts'
import { type Layer, layerAt, type SceneContext } from '../layers.ts'
import type { Light } from '../light.ts'
import { drawAt, fillCircle, setPen } from '../../canvas/curves.ts'

type Place = { x: number; y: number; tall: number }

/** The tower, in shares of its height about the middle of its foot. */
const TOWER = readPath('M -0.23 0 L -0.13 -0.8 L 0.13 -0.8 L 0.23 0 Z')
const CAP = readPath('M -0.16 -0.79 C -0.14 -1 0.14 -1 0.16 -0.79')

const paintMill = (ctx: SKRSContext2D, { x, y, tall }: Place, light: Light, tone: Tone): void => {
  const at = { x, y, size: tall }
  const body = ctx.createLinearGradient(x - tall * 0.22, 0, x + tall * 0.22, 0)
  const bright = light.sun.x > 0.5 ? 1 : 0
  body.addColorStop(bright, css(tone([226, 208, 180], 0.85, 0.06)))
  body.addColorStop(1 - bright, css(tone([170, 146, 122], 0.25, 0.06)))
  fillPath(ctx, body, TOWER, at)
  fillPath(ctx, css(tone(light.season === 'winter' ? [236, 242, 250] : [108, 66, 52], 0.6, 0.06)), CAP, at)
  const wood = css(tone([92, 66, 50], 0.4, 0.06))
  fillRectangle(ctx, wood, [x - tall * 0.24, y - tall * 0.3, tall * 0.48, tall * 0.022])
  for (let post = -4; post <= 4; post++)
    ctx.fillRect(x + post * tall * 0.055, y - tall * 0.36, tall * 0.008, tall * 0.07)
  const pane = light.dark > 0.15 ? '#ffd48a' : css(tone([52, 58, 70], 0.5, 0.06))
  for (const [dx, up] of [
    [-0.06, 0.5],
    [0.05, 0.62],
  ] as const)
    fillRectangle(ctx, pane, [x + dx * tall, y - tall * up, tall * 0.035, tall * 0.055])
  ctx.fillStyle = css(tone([78, 54, 44], 0.4, 0.06))
  ctx.beginPath()
  ctx.roundRect(x - tall * 0.05, y - tall * 0.16, tall * 0.1, tall * 0.16, [tall * 0.05, tall * 0.05, 0, 0])
  ctx.fill()
}

type SailColours = Readonly<Record<'spar' | 'cloth' | 'lattice', string>>

/** A sail that lies to the right of the hub. */
const drawSail = (ctx: DrawingContext, tall: number, { spar, cloth, lattice }: SailColours): void => {
  fillRectangle(ctx, cloth, [tall * 0.14, tall * 0.012, tall * 0.5, tall * 0.1])
  setPen(ctx, lattice, tall * 0.006)
  ctx.beginPath()
  for (let bar = 0; bar <= 8; bar++) {
    ctx.moveTo(tall * (0.14 + bar * 0.0625), -tall * 0.02)
    ctx.lineTo(tall * (0.14 + bar * 0.0625), tall * 0.112)
  }
  ctx.moveTo(tall * 0.14, tall * 0.112)
  ctx.lineTo(tall * 0.64, tall * 0.112)
  ctx.stroke()
  fillRectangle(ctx, spar, [0, -tall * 0.012, tall * 0.67, tall * 0.024])
}

/** A tower mill with four turning sails, its foot at x, y. */
export const windmillLayer = (scene: SceneContext, at: Place & { depth: number }): Layer => {
  const tone = toneOf(scene)
  const { x, y, tall, depth } = at
  const hub = { x: x + tall * 0.02, y: y - tall * 0.86 }
  const sprite = paintSprite({ x: x - tall, y: y - tall * 1.6, width: tall * 2, height: tall * 1.8 }, depth, (ctx) =>
    paintMill(ctx, at, scene.light, tone),
  )
  const sail: SailColours = {
    spar: css(tone([86, 62, 48], 0.4, 0.04)),
    cloth: css(tone([244, 234, 212], 0.8, 0.04), 0.92),
    lattice: css(tone(shift([120, 92, 70], 0), 0.5, 0.04)),
  }
  return layerAt(depth, (ctx, view) => {
    drawSprite(ctx, view, sprite)
    for (let turn = 0; turn < 4; turn++)
      drawAt(ctx, { ...hub, turn: view.seconds * 0.55 + (turn * Math.PI) / 2 + 0.4 }, () => drawSail(ctx, tall, sail))
    fillCircle(ctx, sail.spar, [hub.x, hub.y, tall * 0.035])
  })
}
