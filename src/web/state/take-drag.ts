/** What a dragged take carries: its job's id. Whatever shows takes sets it when the drag starts. */
export const TAKE_TYPE = 'application/x-rushes-take'
