/** An input of a node of the fake. `folder`: its choices are the model files there; `upload`: a file of the inputs. */
export type FakeInput = {
  type: string
  optional?: boolean
  choices?: readonly string[]
  folder?: string
  upload?: boolean
  min?: number | undefined
  max?: number | undefined
  step?: number | undefined
  default?: string | number | boolean | undefined
}

/** A node of the fake. `form`: how /object_info tells its choices, as older nodes do or as newer ones. */
export type FakeNode = {
  inputs: Readonly<Record<string, FakeInput>>
  outputs: readonly string[]
  /** What it saves, where it is one that does. */
  saves?: 'image' | 'video' | 'audio'
  form?: 'v1' | 'v3'
}

const image: FakeInput = { type: 'IMAGE' }
const video: FakeInput = { type: 'VIDEO' }
const prefix: FakeInput = { type: 'STRING', default: 'ComfyUI' }
const int = (min: number, max: number, value: number): FakeInput => ({ type: 'INT', min, max, default: value })
const float = (min: number, max: number, value: number): FakeInput => ({ type: 'FLOAT', min, max, default: value })
const combo = (...choices: string[]): FakeInput => ({ type: 'COMBO', choices })

/** Nodes of ComfyUI's own that tests use, as far as they matter to them. Tests add others by the option `nodes`. */
export const NODES: Readonly<Record<string, FakeNode>> = {
  LoadImage: { inputs: { image: { type: 'COMBO', upload: true } }, outputs: ['IMAGE', 'MASK'] },
  LoadVideo: { inputs: { file: { type: 'COMBO', upload: true } }, outputs: ['VIDEO'], form: 'v3' },
  ImageScale: {
    inputs: {
      image,
      upscale_method: combo('nearest-exact', 'bilinear', 'area', 'bicubic', 'lanczos'),
      width: int(0, 16384, 512),
      height: int(0, 16384, 512),
      crop: combo('disabled', 'center'),
    },
    outputs: ['IMAGE'],
  },
  ImageInvert: { inputs: { image }, outputs: ['IMAGE'] },
  SaveImage: { inputs: { images: image, filename_prefix: prefix }, outputs: [], saves: 'image' },
  SaveVideo: {
    inputs: {
      video,
      filename_prefix: prefix,
      format: combo('auto', 'mp4'),
      codec: combo('auto', 'h264'),
    },
    outputs: [],
    saves: 'video',
    form: 'v3',
  },
  CreateVideo: {
    inputs: { images: image, fps: float(1, 120, 30), audio: { type: 'AUDIO', optional: true } },
    outputs: ['VIDEO'],
    form: 'v3',
  },
  GetVideoComponents: { inputs: { video }, outputs: ['IMAGE', 'AUDIO', 'FLOAT'], form: 'v3' },
  UNETLoader: {
    inputs: { unet_name: { type: 'COMBO', folder: 'diffusion_models' }, weight_dtype: combo('default', 'fp8_e4m3fn') },
    outputs: ['MODEL'],
  },
  CLIPLoader: {
    inputs: { clip_name: { type: 'COMBO', folder: 'text_encoders' }, type: combo('wan', 'flux2', 'lumina2') },
    outputs: ['CLIP'],
  },
  VAELoader: { inputs: { vae_name: { type: 'COMBO', folder: 'vae' } }, outputs: ['VAE'] },
  CLIPTextEncode: { inputs: { text: { type: 'STRING' }, clip: { type: 'CLIP' } }, outputs: ['CONDITIONING'] },
  EmptyLatentImage: {
    inputs: { width: int(16, 16384, 512), height: int(16, 16384, 512), batch_size: int(1, 4096, 1) },
    outputs: ['LATENT'],
  },
  KSampler: {
    inputs: {
      model: { type: 'MODEL' },
      seed: int(0, Number.MAX_SAFE_INTEGER, 0),
      steps: int(1, 10000, 20),
      cfg: float(0, 100, 8),
      sampler_name: combo('euler', 'uni_pc'),
      scheduler: combo('simple', 'normal'),
      positive: { type: 'CONDITIONING' },
      negative: { type: 'CONDITIONING' },
      latent_image: { type: 'LATENT' },
      denoise: float(0, 1, 1),
    },
    outputs: ['LATENT'],
  },
  VAEDecode: { inputs: { samples: { type: 'LATENT' }, vae: { type: 'VAE' } }, outputs: ['IMAGE'] },
}

export type Files = Readonly<Record<string, readonly string[]>>

/** The choices of an input: its own, the model files of its folder, or the files that were uploaded. */
export const choicesOf = (input: FakeInput, files: Files, uploads: readonly string[]): readonly string[] => {
  if (input.folder !== undefined) return files[input.folder] ?? []
  return input.upload ? uploads : (input.choices ?? [])
}

/** GET /object_info, of those nodes. */
export const objectInfo = (nodes: Readonly<Record<string, FakeNode>>, files: Files, uploads: readonly string[]) => {
  const tell = (input: FakeInput, form: FakeNode['form']): unknown[] => {
    const { min, max, step, default: value, type } = input
    const details = Object.fromEntries(
      Object.entries({ min, max, step, default: value }).filter(([, each]) => each !== undefined),
    )
    const rest = Object.keys(details).length === 0 ? [] : [details]
    if (type !== 'COMBO') return [type, ...rest]
    const choices = choicesOf(input, files, uploads)
    return form === 'v3' ? ['COMBO', { ...details, multiselect: false, options: choices }] : [choices, ...rest]
  }
  const some = (node: FakeNode, optional: boolean) =>
    Object.fromEntries(
      Object.entries(node.inputs)
        .filter(([, input]) => (input.optional ?? false) === optional)
        .map(([name, input]) => [name, tell(input, node.form)]),
    )
  const groups = (node: FakeNode) => {
    const [required, optional] = [some(node, false), some(node, true)]
    return { required, ...(Object.keys(optional).length === 0 ? {} : { optional }) }
  }
  return Object.fromEntries(
    Object.entries(nodes).map(([name, node]) => [
      name,
      {
        input: { ...groups(node), ...(node.saves ? { hidden: { prompt: ['PROMPT'] } } : {}) },
        input_order: Object.fromEntries(
          Object.entries(groups(node)).map(([each, inputs]) => [each, Object.keys(inputs)]),
        ),
        output: node.outputs,
        output_is_list: node.outputs.map(() => false),
        output_name: node.outputs,
        name,
        display_name: name,
        description: '',
        python_module: 'nodes',
        category: 'sd',
        output_node: node.saves !== undefined,
      },
    ]),
  )
}
