import type { Canvas } from '@napi-rs/canvas'
import type { Rgb } from '../../rgb.ts'
import type { Random } from '../../random.ts'
import { css, mix } from '../../canvas/colour.ts'
import { paintSprite } from '../../canvas/sprite.ts'
import { fillCircle } from '../../canvas/curves.ts'

/** Pixels to a side of a puff's picture. */
const SIDE = 32

/** Pictures of heaped puffs of steam or smoke, lit from above on one side, soft all round. */
export const puffSprites = (random: Random, lit: Rgb, shade: Rgb, side: number, count = 4): Canvas[] =>
  Array.from({ length: count }, () => {
    const half = SIDE / 2
    return paintSprite({ x: 0, y: 0, width: SIDE, height: SIDE }, 0, (ctx) => {
      for (let lobe = 0; lobe < 26; lobe++) {
        const angle = random() * Math.PI * 2
        const out = Math.sqrt(random()) * half * 0.56
        const radius = half * (0.2 + random() * 0.22)
        const x = half + Math.cos(angle) * out
        const y = half + Math.sin(angle) * out * 0.85
        const level = Math.min(1, Math.max(0, 0.5 + (half - y) / half + ((x - half) / half) * side * 0.4))
        const colour = mix(shade, lit, level)
        const fall = ctx.createRadialGradient(x + side * radius * 0.2, y - radius * 0.3, 0, x, y, radius)
        fall.addColorStop(0, css(colour, 0.5))
        fall.addColorStop(0.6, css(colour, 0.3))
        fall.addColorStop(1, css(mix(colour, shade, 0.4), 0))
        fillCircle(ctx, fall, [x, y, radius])
      }
    }).canvas
  })
