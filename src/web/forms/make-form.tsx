import { type ReactNode, useEffect } from 'react'
import type { Controls } from '../state/control-props.ts'
import { useModel } from '../state/studio.ts'
import { ChoiceControl } from './choice-control.tsx'
import { FormFields } from './form-fields.tsx'
import { GenerateBar } from './generate-bar.tsx'
import { ModelPicker } from './model-picker.tsx'
import { NumberControl } from './number-control.tsx'
import { PromptControl } from './prompt-control.tsx'
import { SeedControl } from './seed-control.tsx'
import { SwitchControl } from './switch-control.tsx'

/** The left column. `media` is the component of media fields, which belongs to another feature; `below` ends the form. */
export const MakeForm = ({ ask, media, below }: { ask: () => void; media: Controls['media']; below?: ReactNode }) => {
  const model = useModel()
  useEffect(() => {
    const generate = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey) || event.repeat) return
      event.preventDefault()
      ask()
    }
    document.addEventListener('keydown', generate)
    return () => document.removeEventListener('keydown', generate)
  }, [ask])
  const controls: Controls = {
    prompt: PromptControl,
    media,
    seed: SeedControl,
    choice: ChoiceControl,
    switch: SwitchControl,
    number: NumberControl,
  }
  return (
    <form
      noValidate
      aria-label="Make"
      className="flex h-full min-h-0 flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        ask()
      }}
    >
      <div className="scrollbar-quiet flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto px-4 py-4">
        <ModelPicker />
        <FormFields key={model.id} controls={controls} />
        {below}
      </div>
      <GenerateBar />
    </form>
  )
}
