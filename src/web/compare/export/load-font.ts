import inter from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url'

/** The page's fonts are not a worker's: gets the studio's own. Where it does not come, the system's stands in. */
export const loadFont = async (): Promise<void> => {
  const fonts: unknown = Reflect.get(globalThis, 'fonts')
  if (!(fonts instanceof FontFaceSet)) return
  const face = new FontFace('Inter Variable', `url(${new URL(inter, location.href).href})`, { weight: '100 900' })
  const loaded = await face.load().catch(() => null)
  if (loaded) fonts.add(loaded)
}
