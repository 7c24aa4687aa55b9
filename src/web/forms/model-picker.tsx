import { useModel, useStudio } from '../state/studio.ts'
import { Field } from '../ui/field.tsx'
import { Select } from '../ui/select.tsx'
import { modelNote, modelsByTask, modelSentence, TASK_TITLES } from './model-words.ts'

const GROUPS = modelsByTask().map(({ task, models }) => ({
  label: TASK_TITLES[task],
  items: models.map((model) => ({ value: model.id, label: `${model.title} · ${modelNote(model)}` })),
}))

export const ModelPicker = () => {
  const model = useModel()
  const choose = useStudio((state) => state.chooseModel)
  return (
    <div className="flex flex-col gap-1.5">
      <Field label="Model" aside={<span className="text-xs text-faint">{TASK_TITLES[model.task]}</span>}>
        {({ id }) => <Select id={id} value={model.id} groups={GROUPS} onPick={choose} />}
      </Field>
      <p className="text-xs leading-[18px] text-faint">
        {model.description} {modelSentence(model)}
      </p>
    </div>
  )
}
