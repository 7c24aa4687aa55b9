import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { WorkflowDetail } from '../../shared/workflows.ts'
import { useSaveWorkflow, workflowOptions, type WorkflowSource } from '../data/workflows.ts'
import { useStudio } from '../state/studio.ts'
import { Button } from '../ui/button.tsx'
import { Modal } from '../ui/modal.tsx'
import { KeptActions } from './kept-actions.tsx'
import { choicesFrom, usesOf } from './uses.ts'
import { WorkflowForm, type WorkflowDraft } from './workflow-form.tsx'

/** A name to begin with, from the file's: `my_fox.json` is called `my fox`. */
const nameFrom = (detail: WorkflowDetail, of: WorkflowSource): string =>
  detail.saved || 'slug' in of
    ? detail.name
    : of.file.name
        .replace(/\.[^.]*$/, '')
        .replaceAll('_', ' ')
        .trim()
        .slice(0, 80) || detail.name

const Editing = ({ detail, of, onClose }: { detail: WorkflowDetail; of: WorkflowSource; onClose: () => void }) => {
  const [draft, setDraft] = useState<WorkflowDraft>(() => ({
    name: nameFrom(detail, of),
    output: detail.output,
    uses: usesOf(detail),
  }))
  const save = useSaveWorkflow()
  const problem = save.error?.fields?.['name']
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (save.isPending) return
    save.mutate(
      { detail, choices: choicesFrom(detail.settable, draft.uses, draft) },
      {
        onSuccess: ({ model }) => {
          const { chooseModel, showTab } = useStudio.getState()
          chooseModel(model)
          showTab('make')
          onClose()
        },
      },
    )
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5 px-4 py-4">
      {!detail.saved && (
        <p className="text-soft">
          It becomes a model of yours, with a form like every other. It runs on your ComfyUI; its own nodes and files
          are needed there.
        </p>
      )}
      {detail.notes.map((note) => (
        <p key={note} className="verbatim break-words text-soft">
          {note}
        </p>
      ))}
      <WorkflowForm detail={detail} draft={draft} nameProblem={problem} onChange={setDraft} />
      {save.error && problem === undefined && (
        <p role="alert" className="verbatim break-words text-trouble">
          {save.error.message}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2 border-t border-line pt-4">
        <Button type="submit" variant="accent" aria-disabled={save.isPending || undefined}>
          {save.isPending ? 'Saving…' : detail.saved ? 'Save' : 'Save as a model'}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          Cancel
        </Button>
        <span className="flex-1" />
        {detail.saved && <KeptActions detail={detail} onDeleted={onClose} />}
      </div>
    </form>
  )
}

/** A workflow: what was taken for what in it, what it is called, and which of its inputs the form shows. */
export const WorkflowDialog = ({ of, onClose }: { of: WorkflowSource; onClose: () => void }) => {
  const { data, error } = useQuery(workflowOptions(of))
  return (
    <Modal title={'slug' in of ? 'Workflow' : 'Run this workflow here'} onClose={onClose}>
      {data ? (
        <Editing detail={data} of={of} onClose={onClose} />
      ) : (
        <p
          role={error ? 'alert' : 'status'}
          className={error ? 'verbatim p-4 break-words text-trouble' : 'p-4 text-faint'}
        >
          {error ? ('file' in of ? `${of.file.name}: ${error.message}` : error.message) : 'Reading the workflow…'}
        </p>
      )}
    </Modal>
  )
}
