import { createCanvas } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import { drawGlow, glowImage } from '../../../canvas/drawing.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { moteLayer } from '../../sky/falling.ts'
import { drawHair, profilePath, type Hair } from './profile.ts'
import { airLayer } from '../../sky/mist.ts'
import { outdoorScene } from '../../sky/outdoors.ts'
import { type Layer, layerAt, type SceneContext, type ScenePainter } from '../../layers.ts'
import { mountainRanges } from '../../land/ranges.ts'

type Fill = Parameters<Layer>[0]['fillStyle']

const ALL_HAIR = ['long', 'short', 'bun', 'hat'] as const

const hairOf = (scene: SceneContext): Hair => {
  const { sitter } = scene.brief.details.portrait
  const roll = scene.random('hair')()
  if (sitter === 'hat' || sitter === 'hood') return sitter
  if (sitter === 'man') return roll < 0.8 ? 'short' : 'hat'
  if (sitter === 'woman') return roll < 0.65 ? 'long' : 'bun'
  return ALL_HAIR[Math.floor(roll * 4)]!
}

/** Someone in profile against the light: a dark shape with a bright edge, its hair in the wind. A silhouette, for a face we cannot draw. */
const figure = (scene: SceneContext, at: { x: number; y: number; size: number; side: number }): Layer => {
  const { light, unit } = scene
  const hair = hairOf(scene)
  const word = scene.brief.colours[0]
  const coat: Rgb = mix(mix(word ?? [70, 60, 84], light.ambient, 0.5), [8, 8, 14], 0.62)
  const dark = mix(mix(light.ambient, light.skyMid, 0.25), [8, 7, 14], 0.7)
  const rim = mix(light.sun.shown ? light.sun.colour : light.skyLow, light.key, 0.4)
  const halo = glowImage(rim, 128)
  // The figure is drawn by itself, so that its bright edge can be cut out of it.
  const canvas = createCanvas(Math.ceil(at.size * 2.1), Math.ceil(at.size * 2.9))
  const small = canvas.getContext('2d')
  const edge = canvas.width / at.size / 2.6
  return layerAt(0.8, (ctx, view) => {
    const wind = Math.sin(view.seconds * 0.9) * 0.6 + Math.sin(view.seconds * 2.1) * 0.3
    const breath = Math.sin(view.seconds * 1.4)
    small.setTransform(1, 0, 0, 1, 0, 0)
    small.globalCompositeOperation = 'source-over'
    small.clearRect(0, 0, canvas.width, canvas.height)
    const pose = (dx: number, dy: number, fill: Fill, cloth: Fill): void => {
      small.setTransform(at.size, 0, 0, at.size, canvas.width * 0.54 + dx, canvas.height * 0.42 + dy)
      small.fillStyle = cloth
      profilePath(small, breath)
      small.fill()
      small.fillStyle = fill
      small.strokeStyle = fill
      drawHair(small, hair, wind, view.seconds)
    }
    pose(0, 0, css(rim), css(rim))
    small.globalCompositeOperation = 'source-atop'
    const body = small.createLinearGradient(0, -0.9, 0, 1.5)
    body.addColorStop(0, css(dark))
    body.addColorStop(0.5, css(mix(dark, coat, 0.5)))
    body.addColorStop(1, css(coat))
    const lit = 5.5 * unit * edge
    // Moved a hair away from the sun: what stays uncovered is the rim of light.
    pose(-lit, lit * 0.35, css(shift(dark, -0.03)), body)
    drawGlow(ctx, halo, [at.x, at.y - at.size * 0.2, at.size * 1.5], 0.34)
    ctx.translate(at.x, at.y)
    ctx.scale(at.side, 1)
    ctx.drawImage(canvas, -canvas.width * 0.54, -canvas.height * 0.42)
  })
}

/** A portrait: a profile against an evening sky. */
export const paintPortrait: ScenePainter = (scene) => {
  const { light, width, height, unit } = scene
  const random = scene.random('portrait')
  const side = light.sun.x > 0.5 ? 1 : -1
  const size = Math.min(height * 0.44, width * 0.52) * (0.92 + random() * 0.2)
  const horizon = height * (0.62 + random() * 0.12)
  const ranges = { horizon, tall: 0.4 + random() * 0.4, floor: -300, count: 3, pines: true, bottom: height }
  const mist = { name: 'behind the head', y: horizon + 60 * unit, thick: 170, depth: 0.4 }
  const dust = { name: 'light in the air', colour: mix(light.key, light.sun.colour, 0.5), count: 46, rise: 5 }
  return outdoorScene(scene, horizon, [
    ...mountainRanges(scene, ranges),
    airLayer(scene, { ...mist, strength: 0.5, most: 0.9 }),
    figure(scene, { x: width * (0.5 - side * (0.08 + random() * 0.1)), y: height * 0.56, size, side }),
    moteLayer(scene, { ...dust, size: 1.6, from: 0, to: 1, blink: 0.7 }),
  ])
}
