import type { Rgb } from '../../../rgb.ts'
import { fromLab, mix, shift } from '../../../canvas/colour.ts'
import { moteLayer } from '../../sky/falling.ts'
import { flowLayer } from './flowing.ts'
import type { SceneContext, ScenePainter } from '../../layers.ts'

/** Three or four colours in harmony: those named, or hues that the words themselves choose. */
const harmony = (scene: SceneContext): Rgb[] => {
  const { colours, hash, details } = scene.brief
  const random = scene.random('harmony')
  const named = colours.slice(0, 4)
  const start = ((hash % 360) / 180) * Math.PI
  const steps = [0.3, -0.35, 0.75, -1.15]
  const drawn = steps.map((step, index): Rgb => {
    const hue = start + step * (0.8 + random() * 0.4) + details.abstract.hueTurns[index]!
    const lightness = [0.4, 0.56, 0.72, 0.88][index]!
    return fromLab([lightness, Math.cos(hue) * 0.11, Math.sin(hue) * 0.11])
  })
  const list = named.length > 0 ? [...named, ...named.map((colour) => shift(colour, 0.12, 0.85, 0.4)), ...drawn] : drawn
  const pale = details.abstract.isPale ? 0.5 : 0
  return list.slice(0, 4).map((colour) => (pale > 0 ? mix(colour, [255, 250, 246], pale) : colour))
}

/** Flowing cloth or ink in the colours of the words, with slow lights before it; also what unknown words become. */
export const paintAbstract: ScenePainter = (scene) => {
  const colours = harmony(scene)
  const flow = scene.brief.details.abstract.isInk ? 'ink' : 'silk'
  const colour = mix(colours[3] ?? colours[0]!, [255, 255, 255], 0.3)
  const lights = { name: 'lights', colour, count: 34, rise: 12, size: 1.8, from: 0, to: 1, blink: 0.7 }
  return { horizon: scene.height / 2, layers: [flowLayer(scene, colours, flow), moteLayer(scene, lights)] }
}
