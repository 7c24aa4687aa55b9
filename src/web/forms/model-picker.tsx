import { useEffect } from 'react'
import { useModels } from '../data/models.ts'
import { candidatesFor } from '../data/renderer-choice.ts'
import { useRenderers } from '../data/renderers.ts'
import { showWorkflow } from '../state/dialogs.ts'
import { useModel } from '../state/studio.ts'
import { Button } from '../ui/button.tsx'
import { decartSentence, modelNote, modelsByTask, TASK_TITLES } from './model-words.ts'
import { ByLine } from './picker/by-line.tsx'
import { pickTask, rememberModel } from './picker/pick-model.ts'
import { TaskPick } from './picker/task-pick.tsx'
import { RendererPick } from './renderer-pick.tsx'

const WORKFLOW = 'workflow-'

/** What is to be done, and by whom. */
export const ModelPicker = () => {
  const model = useModel()
  const { list, gone } = useModels()
  const renderers = useRenderers()
  // Who has no key need not know what Decart makes of its names.
  const isConnected = renderers?.some(({ name, state }) => name === 'decart' && state !== 'off') ?? false
  useEffect(() => rememberModel(model), [model])
  const byTask = modelsByTask(list)
  const groups = byTask.map(({ task, models }) => ({
    label: TASK_TITLES[task],
    items: models.map((each) => ({
      value: each.id,
      // Who makes the chosen one stands below.
      label: each.id === model.id ? each.title : `${each.title}${modelNote(candidatesFor(each, renderers))}`,
    })),
  }))
  return (
    <div className="flex flex-col gap-1.5">
      <TaskPick tasks={byTask.map(({ task }) => task)} value={model.task} onPick={pickTask} />
      <ByLine model={model} groups={groups} />
      <RendererPick model={model} />
      <p className="text-xs leading-[18px] text-faint">
        {model.description} {isConnected && decartSentence(model, gone.get(model.id))}
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
