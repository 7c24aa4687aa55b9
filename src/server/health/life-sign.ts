import { LIMITS, MAX_EDIT_SECONDS, MAX_FRAME_PIXELS, MAX_PIXELS } from '../../shared/media.ts'
import type { Health } from '../../shared/routes.ts'

/** What everybody may know: that the process lives, and nothing of what it has. */
export const lifeSign = (version: string): Health => ({
  status: 'ok',
  version,
  renderers: {},
  default_renderer: 'local',
  notices: [],
  limits: {
    video_bytes: LIMITS.video,
    image_bytes: LIMITS.image,
    pixels: MAX_PIXELS,
    frame_pixels: MAX_FRAME_PIXELS,
    edit_seconds: MAX_EDIT_SECONDS,
  },
})
