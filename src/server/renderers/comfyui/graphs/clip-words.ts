/** What no clip should look like, for the models that are told: they were trained with a list of such words. */
export const NEGATIVE =
  'overexposed, static, frozen, blurry, washed out, low quality, compression artifacts, subtitles, watermark, distorted, deformed hands, extra fingers, fused limbs, ugly, cluttered background'
