import { createCanvas, ImageData, type Canvas } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import type { Noise } from '../../../canvas/noise.ts'
import { wavesOf } from '../../../canvas/noise-field.ts'
import type { Layer, SceneContext } from '../../layers.ts'
import { scaleAt, xAt, yAt } from '../../../canvas/camera-view.ts'

const SIDE = 640
/** Rings around its middle that what depends on that alone is worked out for. */
const RINGS = 2048
/** It is turned at this share of the frame's size, where it is as large as its picture is, and laid enlarged. */
const SHARE = 0.56

/** Brightness of a galaxy's parts that depends on the distance from its middle alone. */
const ringed = (of: (r: number) => number): Float32Array =>
  Float32Array.from({ length: RINGS }, (_, ring) => of((ring + 0.5) / RINGS))

/** The galaxy from above: its arms wind by `wind`, to the left or the right. */
const paintGalaxy = (noise: Noise, wind: number, hand: number, scheme: readonly Rgb[]): Canvas => {
  const core: Rgb = [255, 226, 180]
  const arms: Rgb = [(scheme[2]![0] + 170) / 2, (scheme[2]![1] + 190) / 2, 255]
  const knots: Rgb = scheme[1]!
  const data = new Uint8ClampedArray(SIDE * SIDE * 4)
  const clouds = wavesOf(noise, { x: 1 / 5, z: 1 / 5, moveX: 3, octaves: 4 })
  const grains = wavesOf(noise, { x: 1 / 16, z: 1 / 16, octaves: 3 })
  const winds = ringed((r) => wind * Math.log(r + 0.04) * 2)
  const falls = ringed((r) => (1 - r) ** 1.5 * Math.min(1, r * 5))
  const hearts = ringed((r) => Math.exp(-((r / 0.1) ** 1.3)) + 0.42 * Math.exp(-((r / 0.26) ** 2)))
  const xs = Float32Array.from({ length: SIDE }, (_, x) => (x / SIDE) * 2 - 1)
  const [ys, lower] = [new Float32Array(SIDE), new Float32Array(SIDE)]
  for (let y = 0; y < SIDE; y++) {
    const py = (y / SIDE) * 2 - 1
    const cloudy = clouds(xs, ys.fill(py), SIDE)
    const grainy = grains(xs, lower.fill(py + 9 / 16), SIDE)
    for (let x = 0; x < SIDE; x++) {
      const px = xs[x]!
      const r = Math.sqrt(px * px + py * py)
      if (r >= 1) continue
      const angle = Math.atan2(py, px) * hand
      const cloud = cloudy[x]!
      const fine = grainy[x]!
      const at = Math.floor(r * RINGS)
      const arm = 0.5 + 0.5 * Math.cos(2 * angle - winds[at]! + cloud * 1.6)
      const fall = falls[at]!
      const dust = Math.max(0, fine * 0.9 + 0.12) * 0.7
      const disc = (0.14 + arm ** 2.2 * (0.95 + cloud * 0.9)) * fall * (1 - dust)
      const knot = Math.max(0, fine - 0.24) * arm * fall * 2.6
      const heart = hearts[at]!
      const to = (y * SIDE + x) * 4
      for (let channel = 0; channel < 3; channel++)
        data[to + channel] = arms[channel]! * disc * 0.95 + knots[channel]! * knot + core[channel]! * heart
      data[to + 3] = 255
    }
  }
  const canvas = createCanvas(SIDE, SIDE)
  canvas.getContext('2d').putImageData(new ImageData(data, SIDE, SIDE), 0, 0)
  // Reading a pixel makes it be drawn now, once.
  canvas.getContext('2d').getImageData(0, 0, 1, 1)
  return canvas
}

/** A spiral galaxy seen at a slant, turning slowly: a warm core, blue arms with lanes of dust and knots of young stars. */
export const galaxyLayer = (scene: SceneContext, scheme: readonly Rgb[]): Layer => {
  const { width, height } = scene
  const random = scene.random('galaxy')
  const wind = 3.4 + random() * 1.4
  const hand = random() < 0.5 ? -1 : 1
  const canvas = paintGalaxy(scene.noise('galaxy'), wind, hand, scheme)
  const middle = { x: width * (0.4 + random() * 0.2), y: height * (0.44 + random() * 0.1) }
  const lean = (random() - 0.5) * 1.2
  const flat = 0.42 + random() * 0.3
  const radius = Math.min(width * 0.46, height * 0.8)
  const start = random() * Math.PI * 2
  const turned = createCanvas(Math.ceil(width * SHARE), Math.ceil(height * SHARE))
  const small = turned.getContext('2d')
  return (ctx, view) => {
    small.setTransform(1, 0, 0, 1, 0, 0)
    small.clearRect(0, 0, turned.width, turned.height)
    const scale = scaleAt(view, 0.3) * SHARE
    small.translate(xAt(view, middle.x, 0.3) * SHARE, yAt(view, middle.y, 0.3) * SHARE)
    small.rotate(lean)
    small.scale(scale, scale * flat)
    small.rotate(start - hand * view.seconds * 0.035)
    small.drawImage(canvas, -radius, -radius, radius * 2, radius * 2)
    ctx.globalCompositeOperation = 'screen'
    ctx.drawImage(turned, 0, 0, turned.width / SHARE, turned.height / SHARE)
    ctx.globalCompositeOperation = 'source-over'
  }
}
