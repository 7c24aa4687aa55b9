import { rgb } from '../../../rgb.ts'
import { lit, mix, tint } from '../../../canvas/colour.ts'
import { rainLayer, snowLayer } from '../../sky/falling.ts'
import { skyLayers } from '../../sky/outdoors.ts'
import { mountainRanges } from '../../land/ranges.ts'
import type { ScenePainter } from '../../layers.ts'
import { type Room, roomLayer, throughWindow, windowLightLayer } from './room.ts'
import { wantsFire, curtains, furniture } from './furniture.ts'

/** The wall and the cloth of a room. */
const PALETTES = [
  [0xcec2b2, 0x60747a],
  [0x96a296, 0xbe7854],
  [0xc4aca0, 0x5c6080],
  [0x788494, 0xd0a460],
].map((colours) => colours.map(rgb))

/** A room with a large window: outside the hour and the weather, inside its light on the floor, a sofa, a lamp. */
export const paintInterior: ScenePainter = (scene) => {
  const { brief, light, width, height, unit } = scene
  const random = scene.random('room')
  const side = random() < 0.5 ? 1 : -1
  const floor = height * (0.72 + random() * 0.03)
  const hearth = wantsFire(scene)
  const span = Math.min(width * (hearth ? 0.28 : 0.4), height * 0.86)
  const middle = width * (hearth ? 0.5 + side * 0.1 : 0.5 + side * 0.2)
  const room: Room = {
    left: middle - span / 2,
    right: middle + span / 2,
    top: height * 0.13,
    bottom: floor - 96 * unit,
    floor,
    side,
  }
  const [paint, fabric] = PALETTES[Math.floor(random() * PALETTES.length)]!
  const word = brief.colours[0]
  const dim = light.dark > 0.5 ? 0.85 : light.dark > 0.15 ? 0.92 : 1
  // At night the lamps light the room, and lamps are warm.
  const inside = light.dark > 0.5 ? mix(light.ambient, [150, 112, 84], 0.62) : mix(light.ambient, light.key, 0.6)
  const materials = {
    wall: lit(word ? tint(paint!, word, 0.5) : paint!, inside, dim),
    cloth: lit(word ? tint(fabric!, word, 0.7) : fabric!, inside, dim * 1.05),
    wood: lit([152, 106, 70], inside, dim),
  }
  const outside = [
    ...skyLayers(scene, floor),
    ...mountainRanges(scene, { horizon: room.bottom - 24 * unit, tall: 0.5, pines: true, bottom: height }),
  ]
  if (light.weather === 'rain' || light.weather === 'storm') outside.push(rainLayer(scene))
  if (light.weather === 'snow') outside.push(snowLayer(scene, 0.7))
  return {
    horizon: height * 0.55,
    layers: [
      ...outside.map((layer) => throughWindow(room, layer)),
      roomLayer(scene, room, materials),
      windowLightLayer(scene, room),
      curtains(scene, room, mix(materials.cloth, [236, 228, 214], 0.55)),
      ...furniture(scene, room, materials),
    ],
  }
}
