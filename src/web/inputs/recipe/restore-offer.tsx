import { useQuery, useQueryClient } from '@tanstack/react-query'
import { History, X } from 'lucide-react'
import { mediaFieldsOf } from '../../../shared/models/describe.ts'
import { findModel } from '../../data/models.ts'
import { filesOf, restoreSettings, unknownInputs } from '../../state/restore.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { offerSettings, type SettingsOffer } from './settings-offer.ts'

/** Whether what it was made from is here, as the end of a sentence; null where it was made from words alone. */
export const sourceWords = (named: number, gone: number): string | null => {
  if (named === 0) return null
  if (gone === 0) return named === 1 ? 'its source is here' : 'its sources are here'
  return gone === named
    ? `its ${named === 1 ? 'source is' : 'sources are'} not on this server`
    : 'one of its sources is not on this server'
}

/** Says that a file carries the settings it was made from, and offers to put them into the form. */
export const RestoreOffer = ({ offer: { name, recipe } }: { offer: SettingsOffer }) => {
  const queryClient = useQueryClient()
  const { model: modelId, inputs, seed } = recipe
  const model = findModel(modelId)
  const { data: files } = useQuery({
    queryKey: ['recipe', modelId, inputs],
    queryFn: () => (model ? filesOf(model, inputs, queryClient) : { files: {}, gone: [] }),
  })
  const named = model ? [...mediaFieldsOf(model).keys()].filter((field) => typeof inputs[field] === 'string').length : 0
  const source = files ? sourceWords(named, files.gone.length) : null
  const facts = [model?.title ?? modelId, `seed ${seed}`, source].filter((fact) => fact !== null).join(', ')
  const unknown = model ? unknownInputs(model, inputs) : []
  const restore = () => {
    offerSettings(null)
    const said = `The settings of ${name} stand in the form.`
    const left = unknown.length > 0 ? ` Not restored: ${unknown.join(', ')}.` : ''
    void restoreSettings({ modelId, inputs, seed }, said + left, queryClient)
  }
  return (
    <p
      role="status"
      aria-label="Settings found"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-raised py-1 pr-2 pl-4"
    >
      <History size={16} strokeWidth={1.5} className="shrink-0 text-soft" aria-hidden />
      <span className="verbatim min-w-0 flex-1 basis-48 py-1 break-words">
        {name} was made here: {facts}.{!model && ' This studio does not know that model.'}
      </span>
      {model && (
        <Button size="small" onClick={restore}>
          Restore its settings
        </Button>
      )}
      <IconButton label="Dismiss" onClick={() => offerSettings(null)}>
        <X size={16} aria-hidden />
      </IconButton>
    </p>
  )
}
