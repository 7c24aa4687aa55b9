import { Modal } from '../ui/modal.tsx'
import { keyWords } from '../ui/key-words.ts'
import { COMMAND_KEYS, type KeyPlace, type KeyUse } from './table.ts'

const PLACES: readonly { place: KeyPlace; about: string }[] = [
  { place: 'Studio', about: 'everywhere but where you write' },
  { place: 'Library', about: 'on a card' },
  { place: 'Time', about: 'under a clip' },
  { place: 'View', about: 'on the stage' },
  { place: 'Choosing', about: 'while you choose' },
]

const Keys = ({ keys }: { keys: readonly string[] }) => (
  <span className="flex shrink-0 flex-wrap justify-end gap-x-2 gap-y-1">
    {keys.map((key) => (
      <span key={key} className="flex gap-0.5">
        {keyWords(key).map((word) => (
          <kbd
            key={word}
            className="inline-flex h-5 min-w-5 items-center justify-center rounded-[3px] border border-edge/60 px-1 font-sans text-xs"
          >
            {word}
          </kbd>
        ))}
      </span>
    ))}
  </span>
)

/** All keys: those of the commands, and `more` of the parts that have keys of their own. */
export const KeysDialog = ({ more, onClose }: { more: readonly KeyUse[]; onClose: () => void }) => {
  const all = [...COMMAND_KEYS, ...more]
  return (
    <Modal title="Keys" onClose={onClose}>
      <div className="columns-1 gap-8 px-4 py-3 sm:columns-2">
        {PLACES.map(({ place, about }) => {
          const uses = all.filter((use) => use.place === place)
          return uses.length === 0 ? null : (
            <section key={place} aria-label={place} className="mb-4 break-inside-avoid">
              <h3 className="pb-1 font-semibold">
                {place} <span className="font-normal text-faint">{about}</span>
              </h3>
              <dl>
                {uses.map(({ what, keys }) => (
                  <div key={what} className="flex min-h-7 items-center justify-between gap-4 border-t border-line py-1">
                    <dt className="text-soft">{what}</dt>
                    <dd>
                      <Keys keys={keys} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        })}
      </div>
    </Modal>
  )
}
