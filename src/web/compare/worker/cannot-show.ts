/** Why a side cannot be shown, in whole sentences. */
export class CannotShow extends Error {
  override name = 'CannotShow'
}
