import { offerWorkflow } from '../state/dialogs.ts'
import { offerSettings } from './recipe/settings-offer.ts'

/** Looks whether a file carries a workflow or the settings of a take, and offers these. Gives whether it does. */
export const lookInto = async (file: File): Promise<boolean> => {
  offerSettings(null)
  try {
    const [{ carriesWorkflow }, { readRecipe }] = await Promise.all([
      import('./carries-workflow.ts'),
      import('./recipe/read-recipe.ts'),
    ])
    const recipe = await readRecipe(file)
    if (recipe) offerSettings({ name: file.name, recipe })
    const hasWorkflow = await carriesWorkflow(file)
    if (hasWorkflow) offerWorkflow(file)
    return recipe !== null || hasWorkflow
  } catch {
    // What looks into files could not be loaded: the file is an input like any other.
    return false
  }
}
