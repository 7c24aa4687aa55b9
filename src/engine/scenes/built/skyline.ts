import type { Random } from '../../random.ts'
import type { Rgb } from '../../rgb.ts'
import { css, mix } from '../../canvas/colour.ts'
import { airLayer } from '../sky/mist.ts'
import { coverBox, type Layer, type SceneContext, still } from '../layers.ts'
import { paintSprite, printSprite, type Sprite } from '../../canvas/sprite.ts'
import { paintTower, type Neon, type TowerStyle } from './towers.ts'

const haloSprite = (scene: SceneContext, lights: readonly Neon[], depth: number): Sprite =>
  // Painted small, so that enlarging it blurs it.
  paintSprite(
    coverBox(scene, depth),
    depth,
    (ctx) => {
      for (const one of lights) {
        const spread = 9 * scene.unit + Math.min(one.width, one.height) * 0.5
        ctx.fillStyle = css(one.colour, 0.22 * one.strength)
        ctx.fillRect(one.x - spread, one.y - spread, one.width + spread * 2, one.height + spread * 2)
        ctx.fillStyle = css(one.colour, 0.1 * one.strength)
        ctx.fillRect(one.x - spread * 2.4, one.y - spread * 2.4, one.width + spread * 4.8, one.height + spread * 4.8)
      }
    },
    1 / 22,
  )

/** Prints neon tubes and their glow onto the towers that carry them. */
const printLights = (scene: SceneContext, sprite: Sprite, lights: readonly Neon[]): void => {
  const ctx = sprite.canvas.getContext('2d')
  for (const one of lights) {
    if (Math.min(one.width, one.height) >= 8 * scene.unit) continue
    ctx.fillStyle = css(mix(one.colour, [255, 255, 255], 0.5), one.strength)
    ctx.fillRect(one.x - sprite.x, one.y - sprite.y, one.width, one.height)
  }
  ctx.globalCompositeOperation = 'screen'
  printSprite(sprite, haloSprite(scene, lights, sprite.depth))
  ctx.globalCompositeOperation = 'source-over'
}

type City = { foot: number; night: boolean; futuristic: boolean; neon: readonly Rgb[] }

/** One rank of towers side by side, and the lights on them: tallest about `peak`, a share of the width. `share` is 0 far to 1 near. */
const paintRank = (scene: SceneContext, city: City, share: number, peak: number, random: Random) => {
  const { width, height, unit, light } = scene
  const { foot, night, futuristic, neon } = city
  const portrait = Math.max(1, (height / width) * 0.8)
  const depth = 0.16 + share * 0.44
  const box = coverBox(scene, depth, 0, foot + 20 * unit)
  const style: TowerStyle = {
    far: (0.72 - share * 0.6) * Math.min(1.3, 0.7 + light.air * 0.3),
    window: (2.1 + share * 2.4) * unit,
    night,
    futuristic,
    neon,
  }
  const lights: Neon[] = []
  const sprite = paintSprite(box, depth, (ctx) => {
    let x = box.x - 20 * unit
    while (x < box.x + box.width + 20 * unit) {
      const wide = (34 + random() * 46 + share * 34) * unit
      const centre = x + wide / 2
      const off = Math.abs(centre / width - peak)
      const crown = Math.exp(-(off * off) / 0.05)
      const low = share > 0.6 ? Math.min(1, Math.max(0.25, (off - 0.06) * 3.4)) : 1
      const rise = 0.2 + crown * (0.85 - share * 0.3) + random() * 0.34
      const tall = foot * portrait * 0.62 * rise * (1 - share * 0.2) * low * (futuristic ? 1.22 : 1)
      const tower = { x: centre, foot: foot + 12 * unit, wide, tall: Math.min(tall, foot * 0.94) }
      if (random() > 0.06) lights.push(...paintTower(ctx, scene, random, tower, style))
      x += wide * (0.82 + random() * 0.36)
    }
  })
  return { sprite, lights }
}

/** Four ranks of towers, far to near, with mist between them: eight layers. `foot` is the frame height they stand on. */
export const skyline = (
  scene: SceneContext,
  foot: number,
  night: boolean,
  futuristic: boolean,
  neon: readonly Rgb[],
): Layer[] => {
  const { unit, light } = scene
  const random = scene.random('skyline')
  const peak = 0.34 + random() * 0.32
  return [0, 1, 2, 3].flatMap((rank) => {
    const share = rank / 3
    const { sprite, lights } = paintRank(scene, { foot, night, futuristic, neon }, share, peak, random)
    if (night) printLights(scene, sprite, lights)
    const mist = airLayer(scene, {
      name: `rank ${rank}`,
      y: foot - (20 - share * 8) * unit,
      thick: 110 - share * 50,
      depth: sprite.depth + 0.04,
      strength: (0.4 - share * 0.22) * (night ? 0.9 : 1),
      colour: night
        ? mix(light.haze, neon[rank % neon.length] ?? light.haze, 0.34)
        : mix(light.haze, light.skyLow, 0.5),
    })
    return [still(sprite), mist]
  })
}
