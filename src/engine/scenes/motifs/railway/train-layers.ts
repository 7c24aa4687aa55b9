import { rgb, type Rgb } from '../../../rgb.ts'
import type { Random } from '../../../random.ts'
import { drawGlow, glowImage } from '../../../canvas/drawing.ts'
import { toneOf } from '../../tone.ts'
import { mix } from '../../../canvas/colour.ts'
import { type Layer, layerAt, type SceneContext } from '../../layers.ts'
import { puffSprites } from '../../sky/plume.ts'
import type { Track } from './track.ts'
import type { Livery } from './livery.ts'
import { type Car, carsOf, CHIMNEY, createCars } from './train.ts'
import { farAt } from './viaduct.ts'

const LIVERIES: readonly (readonly [body: Rgb, trim: Rgb])[] = [
  [rgb(0x7a2226), rgb(0xe4d0a8)],
  [rgb(0x224a3a), rgb(0xdeceaa)],
  [rgb(0x1e3460), rgb(0xe2dac6)],
  [rgb(0x5c2e1e), rgb(0xd6b070)],
]
const SLEEK: readonly (readonly [body: Rgb, trim: Rgb])[] = [
  [rgb(0xf0f2f6), rgb(0xc4282c)],
  [rgb(0xeef2f6), rgb(0x245cb2)],
  [rgb(0xc42c2a), rgb(0xf2f0ec)],
]

const liveryOf = (scene: SceneContext, steam: boolean): Livery => {
  const random = scene.random('livery')
  const list = steam ? LIVERIES : SLEEK
  const [body, trim] = list[Math.floor(random() * list.length)]!
  const [word, second] = scene.brief.colours
  return {
    steam,
    body: word ? mix(body, word, 0.88) : body,
    trim: second ?? (word && steam ? mix(trim, word, 0.12) : trim),
    roof: steam ? [196, 190, 178] : [180, 186, 194],
    lit: scene.light.dark > 0.3,
  }
}

/** A train on its track. `way` is 1 where it goes along the track, -1 where it comes back. */
type Run = {
  scene: SceneContext
  track: Track
  livery: Livery
  depth: number
  way: number
  /** Metres along the track of its head. */
  headAt: (seconds: number) => number
  /** The cars in the order to draw them in, with the metres of their middles behind the head. */
  placed: { car: Car; gone: number }[]
  /** Metres of the first car. */
  first: number
}

const runOf = (scene: SceneContext, track: Track, livery: Livery, depth: number, random: Random): Run => {
  const { brief } = scene
  const { steam } = livery
  const cars = carsOf(steam, brief.details.railway.coaches ?? 5 + Math.floor(random() * 3))
  const speed = (steam ? 12 : 30) * Math.min(1.5, brief.pace)
  const way = random() < 0.62 ? -1 : 1
  // Where the head of the train is when half of the clip has passed, as a share of what is seen of the track.
  const seen = Array.from({ length: 101 }, (_, step) => (step / 100) * track.long).filter((along) => {
    const { x } = track.to(along)
    return x > 0 && x < scene.width
  })
  const [first = 0, last = track.long] = [seen[0], seen[seen.length - 1]]
  const middle =
    way > 0 ? first + (last - first) * (0.56 + random() * 0.16) : last - (last - first) * (0.6 + random() * 0.2)
  let gone = 0
  const placed = cars.map((car) => {
    gone += car.long
    return { car, gone: gone - car.long / 2 }
  })
  // Nearer cars are drawn last.
  if (track.to(middle).scale > track.to(middle - way * gone).scale) placed.reverse()
  const headAt = (seconds: number): number => middle + way * speed * (seconds - scene.seconds / 2)
  return { scene, track, livery, depth, way, headAt, placed, first: cars[0]!.long }
}

const carsLayer = ({ scene, track, livery, depth, way, headAt, placed }: Run): Layer => {
  const { light } = scene
  const draw = createCars(livery, toneOf(scene))
  const glow = glowImage([255, 206, 132], 64)
  const beam = glowImage([255, 240, 206], 64)
  return layerAt(depth, (ctx, view) => {
    const head = headAt(view.seconds)
    for (const { car, gone } of placed) {
      const at = head - way * gone
      const [back, front] = [track.to(at - (way * car.long) / 2), track.to(at + (way * car.long) / 2)]
      if (Math.max(back.x, front.x) < -80 || Math.min(back.x, front.x) > scene.width + 80) continue
      const scale = track.to(at).scale
      const [across, down] = [(front.x - back.x) / car.long, (front.y - back.y) / car.long]
      ctx.save()
      ctx.transform(across, down, 0, -scale, (front.x + back.x) / 2, (front.y + back.y) / 2)
      draw(ctx, car, { far: farAt(scene, scale), scale, run: -head * way })
      ctx.restore()
    }
    // Light is mixed otherwise than paint, and so comes after all of it.
    for (const { car, gone } of livery.lit ? placed : []) {
      if (car.kind !== 'coach') continue
      for (const off of [-0.25, 0.25]) {
        const pane = track.to(head - way * gone + off * car.long, 2.6)
        drawGlow(ctx, glow, [pane.x, pane.y, 6.5 * pane.scale], 0.42)
      }
    }
    if (light.dark > 0.15 || light.weather === 'fog') {
      const lamp = track.to(head - way * 0.4, livery.steam ? 2.6 : 1.6)
      drawGlow(ctx, beam, [lamp.x, lamp.y, 8 * lamp.scale], 0.95)
      drawGlow(ctx, beam, [lamp.x, lamp.y, 2.4 * lamp.scale], 1)
    }
  })
}

/** Seconds that a puff of smoke lives, and from one to the next. */
const [LIFE, BEAT] = [4.6, 0.22]

/** `wind` in metres a second against the way that the train goes. */
const smokeLayer = ({ scene, track, depth, way, headAt, first }: Run, wind: number): Layer => {
  const { light } = scene
  const night = light.dark > 0.6
  const bright = mix(toneOf(scene)([250, 248, 246], night ? 0.75 : 0.95), light.skyLow, 0.12)
  const shade = mix(mix(bright, light.ambient, night ? 0.6 : 0.42), light.skyMid, 0.2)
  const images = puffSprites(scene.random('puffs'), bright, shade, light.sun.x > 0.5 ? 1 : -1)
  return layerAt(depth, (ctx, view) => {
    const now = Math.floor(view.seconds / BEAT)
    for (let puff = now - Math.floor(LIFE / BEAT); puff <= now; puff++) {
      const born = puff * BEAT
      const age = view.seconds - born
      if (age < 0 || age > LIFE) continue
      const own = scene.random(`puff ${puff}`)
      const share = age / LIFE
      const from = headAt(born) - way * (first / 2 - CHIMNEY.x)
      const rise = 7.5 * (1 - Math.exp(-age * 1.1)) + age * 0.5
      const size = (1.3 + 5 * share ** 0.7) * (0.8 + own() * 0.4)
      const at = track.to(from + (own() - 0.5) * age * 0.7 - way * wind * age, CHIMNEY.y + rise + (own() - 0.5) * age)
      if (at.x < -200 || at.x > scene.width + 200) continue
      ctx.globalAlpha = Math.min(1, age * 7) * (1 - share) ** 0.9 * 0.95
      const radius = Math.max(16, size * at.scale)
      ctx.drawImage(images[Math.floor(own() * images.length)]!, at.x - radius, at.y - radius, radius * 2, radius * 2)
    }
    ctx.globalAlpha = 1
  })
}

/** A train under steam or a fast one: its cars on the rails, the light of its windows, and what its chimney leaves behind. */
export const trainLayers = (
  scene: SceneContext,
  track: Track,
  steam: boolean,
  depth: number,
): { train: Layer; smoke: Layer } => {
  const random = scene.random('train')
  const run = runOf(scene, track, liveryOf(scene, steam), depth, random)
  const train = carsLayer(run)
  return { train, smoke: steam ? smokeLayer(run, (random() - 0.5) * 1.6) : () => {} }
}
