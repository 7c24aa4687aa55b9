import { useModels } from '../data/models.ts'
import { candidatesFor } from '../data/renderer-choice.ts'
import { useRenderers } from '../data/renderers.ts'
import { showWorkflow } from '../state/dialogs.ts'
import { useModel, useStudio } from '../state/studio.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Select } from '../ui/select.tsx'
import { decartSentence, modelNote, modelsByTask, TASK_TITLES } from './model-words.ts'
import { RendererPick } from './renderer-pick.tsx'

const WORKFLOW = 'workflow-'

/** Which model, what it is, and who makes it. */
export const ModelPicker = () => {
  const model = useModel()
  const { list, gone } = useModels()
  const renderers = useRenderers()
  const choose = useStudio((state) => state.chooseModel)
  const groups = modelsByTask(list).map(({ task, models }) => ({
    label: TASK_TITLES[task],
    items: models.map((each) => ({
      value: each.id,
      // Who makes the chosen one stands below.
      label: each.id === model.id ? each.title : `${each.title}${modelNote(candidatesFor(each, renderers))}`,
    })),
  }))
  return (
    <div className="flex flex-col gap-1.5">
      <Field label="Model" aside={<span className="text-xs text-faint">{TASK_TITLES[model.task]}</span>}>
        {({ id }) => <Select id={id} value={model.id} groups={groups} onPick={choose} />}
      </Field>
      <RendererPick model={model} />
      <p className="text-xs leading-[18px] text-faint">
        {model.description} {decartSentence(model, gone.get(model.id))}
      </p>
      {model.id.startsWith(WORKFLOW) && (
        <div>
          <Button size="small" onClick={() => showWorkflow({ slug: model.id.slice(WORKFLOW.length) })}>
            Edit this workflow…
          </Button>
        </div>
      )}
    </div>
  )
}
