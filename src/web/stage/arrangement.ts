type Size = { width: number; height: number }

const scaleIn = (place: Size, media: Size): number => Math.min(place.width / media.width, place.height / media.height)

/** From this width on "side by side" is meant literally: a stage of 560 pixels without its margins. */
const ROOM_FOR_TWO = 536

/** Beside each other where there is room, on a narrower stage whichever shows two pictures of that shape larger. */
export const arrangement = (box: Size, media: Size): 'row' | 'column' =>
  box.width >= ROOM_FOR_TWO ||
  scaleIn({ width: box.width / 2, height: box.height }, media) >=
    scaleIn({ width: box.width, height: box.height / 2 }, media)
    ? 'row'
    : 'column'
