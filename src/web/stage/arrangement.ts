type Size = { width: number; height: number }

const scaleIn = (place: Size, media: Size): number => Math.min(place.width / media.width, place.height / media.height)

/** Whether two pictures of that shape are shown larger beside each other or above each other. */
export const arrangement = (box: Size, media: Size): 'row' | 'column' =>
  scaleIn({ width: box.width / 2, height: box.height }, media) >=
  scaleIn({ width: box.width, height: box.height / 2 }, media)
    ? 'row'
    : 'column'
