import { type ReactNode, useEffect } from 'react'
import type { RendererName } from '../../shared/job.ts'
import type { Controls } from '../state/control-props.ts'
import { useModel } from '../state/studio.ts'
import { isBehindModal } from '../ui/behind-modal.ts'
import { isHeldEnter } from '../ui/one-press.ts'
import { isComposing } from '../ui/pressed-key.ts'
import { ChoiceControl } from './choice-control.tsx'
import { FormFields } from './form-fields.tsx'
import { GenerateBar } from './generate-bar.tsx'
import { ModelPicker } from './model-picker.tsx'
import { NumberControl } from './number-control.tsx'
import { PathControl } from './path-later.tsx'
import { PromptControl } from './prompt-control.tsx'
import { SeedControl } from './seed-control.tsx'
import { SwitchControl } from './switch-control.tsx'
import { TextControl } from './text-control.tsx'

/**
 * The left column. `media` is the component of media fields, which belongs to another feature; `above` heads the form,
 * `below` ends it.
 */
export const MakeForm = ({
  submit,
  media,
  above,
  below,
}: {
  /** Asks for a take: of who is wanted, or of that renderer for once. */
  submit: (renderer?: RendererName, again?: boolean) => void
  media: Controls['media']
  above?: ReactNode
  below?: ReactNode
}) => {
  const model = useModel()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // Held down in a field, Enter would submit again and again.
      if (isHeldEnter(event) && event.target instanceof HTMLInputElement) event.preventDefault()
      if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey) || isComposing(event)) return
      if (isBehindModal()) return
      event.preventDefault()
      if (!event.repeat) submit()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [submit])
  const controls: Controls = {
    prompt: PromptControl,
    media,
    seed: SeedControl,
    choice: ChoiceControl,
    switch: SwitchControl,
    number: NumberControl,
    text: TextControl,
    path: PathControl,
  }
  return (
    <form
      noValidate
      aria-label="Make"
      className="flex h-full min-h-0 flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {above}
      <div className="scrollbar-quiet more-below flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-4 py-3">
        <ModelPicker />
        <FormFields key={model.id} controls={controls} />
        {below}
      </div>
      <GenerateBar submit={submit} />
    </form>
  )
}
