/**
 * What Decart's cloud takes, written from its published OpenAPI file and its newest SDKs (October 2026) and not from our
 * registry, so that the two check each other.
 */
type CloudModel = {
  kind: 'video' | 'image'
  prompt: 'required' | 'optional'
  resolutions: readonly string[]
  booleans: readonly string[]
}

const video = (prompt: CloudModel['prompt'], ...more: string[]): CloudModel => ({
  kind: 'video',
  prompt,
  resolutions: ['720p'],
  booleans: ['enhance_prompt', ...more],
})
const image: CloudModel = {
  kind: 'image',
  prompt: 'required',
  resolutions: ['720p', '480p'],
  booleans: ['enhance_prompt'],
}

const CLOUD: Record<string, CloudModel> = {
  'lucy-clip': video('required'),
  'lucy-clip-latest': video('required'),
  'lucy-pro-v2v': video('required'),
  'lucy-2.5': video('optional', 'self_anchor'),
  'lucy-2.6': video('optional'),
  'lucy-2.1': video('optional'),
  'lucy-latest': video('optional'),
  'lucy-restyle-2': video('optional'),
  'lucy-restyle-latest': video('optional'),
  'lucy-restyle-v2v': video('optional'),
  'lucy-vton-3.6': video('optional'),
  'lucy-vton-3.5': video('optional'),
  'lucy-vton-latest': video('optional'),
  'lucy-image-2': image,
  'lucy-image-latest': image,
  'lucy-pro-i2i': image,
}

export const cloudModel = (name: string): CloudModel | undefined => CLOUD[name]

/** One entry of FastAPI's 422 answer. */
export type Complaint = { type: string; loc: string[]; msg: string }

const complaint = (field: string, type: string, msg: string): Complaint => ({ type, loc: ['body', field], msg })

const seedComplaint = (text: string): Complaint[] => {
  if (!/^\s*-?\d+\s*$/.test(text))
    return [complaint('seed', 'int_parsing', 'Input should be a valid integer, unable to parse string as an integer')]
  if (Number(text) < 0) return [complaint('seed', 'greater_than_equal', 'Input should be greater than or equal to 0')]
  if (Number(text) > 4294967295)
    return [complaint('seed', 'less_than_equal', 'Input should be less than or equal to 4294967295')]
  return []
}

const literal = (choices: readonly string[]) => choices.map((choice) => `'${choice}'`).join(' or ')

/** Checks a form as FastAPI does: unknown fields pass unseen, files must be files. */
export const complaintsAbout = (
  model: CloudModel,
  fields: Readonly<Record<string, string>>,
  files: ReadonlySet<string>,
): Complaint[] => {
  const { prompt, resolution, seed } = fields
  const complaints: Complaint[] = []
  if (prompt === undefined && model.prompt === 'required')
    complaints.push(complaint('prompt', 'missing', 'Field required'))
  if (!files.has('data') && fields['data'] === undefined)
    complaints.push(complaint('data', 'missing', 'Field required'))
  for (const name of ['data', 'reference_image'])
    if (fields[name] !== undefined)
      complaints.push(complaint(name, 'value_error', "Value error, Expected UploadFile, received: <class 'str'>"))
  if (seed !== undefined) complaints.push(...seedComplaint(seed))
  if (resolution !== undefined && !model.resolutions.includes(resolution))
    complaints.push(complaint('resolution', 'literal_error', `Input should be ${literal(model.resolutions)}`))
  for (const name of model.booleans) {
    const value = fields[name]
    if (value !== undefined && !/^(true|false|1|0|on|off|yes|no|t|f|y|n)$/i.test(value))
      complaints.push(complaint(name, 'bool_parsing', 'Input should be a valid boolean, unable to interpret input'))
  }
  return complaints
}
