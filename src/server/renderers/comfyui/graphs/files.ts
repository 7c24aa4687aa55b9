import type { ModelFile } from './model-file.ts'

const HUB = 'https://huggingface.co'
const WAN_21 = `${HUB}/Comfy-Org/Wan_2.1_ComfyUI_repackaged/resolve/main/split_files`
const WAN_22 = `${HUB}/Comfy-Org/Wan_2.2_ComfyUI_Repackaged/resolve/main/split_files`
const BERNINI = `${HUB}/Comfy-Org/Bernini-R/resolve/main/diffusion_models`
const APACHE = 'Apache-2.0'

/** ComfyUI's lists of files write GB and MB for 1024 ** 3 and 1024 ** 2 bytes, to two decimals and to one. */
const gigabytes = (count: number): number => Math.round(count * 1024 ** 3)
const megabytes = (count: number): number => Math.round(count * 1024 ** 2)

const wan = (file: string, size: number, also: RegExp): ModelFile => ({
  file,
  folder: 'diffusion_models',
  url: `${WAN_22}/diffusion_models/${file}`,
  bytes: gigabytes(size),
  licence: APACHE,
  also,
})
const lora = (file: string, also: RegExp): ModelFile => ({
  file,
  folder: 'loras',
  url: `${WAN_22}/loras/${file}`,
  bytes: gigabytes(1.14),
  licence: APACHE,
  also,
})
const bernini = (noise: 'high' | 'low'): ModelFile => ({
  file: `wan2.2_bernini_r_${noise}_noise_fp8_scaled.safetensors`,
  folder: 'diffusion_models',
  url: `${BERNINI}/wan2.2_bernini_r_${noise}_noise_fp8_scaled.safetensors`,
  bytes: gigabytes(14.51),
  licence: APACHE,
  also: new RegExp(`^wan2\\.2_bernini_r_${noise}_noise_(fp16|bf16|fp8_scaled)\\.safetensors$`, 'i'),
})

/** Every file that an engine of ours loads, as the templates and pages of Comfy-Org name them. */
export const FILES = {
  klein: {
    file: 'flux-2-klein-4b-fp8.safetensors',
    folder: 'diffusion_models',
    url: `${HUB}/black-forest-labs/FLUX.2-klein-4b-fp8/resolve/main/flux-2-klein-4b-fp8.safetensors`,
    bytes: gigabytes(3.79),
    licence: APACHE,
    also: /^flux-2-klein-4b(-bf16|-fp16)?\.safetensors$/i,
  },
  qwen: {
    file: 'qwen_3_4b.safetensors',
    folder: 'text_encoders',
    url: `${HUB}/Comfy-Org/z_image_turbo/resolve/main/split_files/text_encoders/qwen_3_4b.safetensors`,
    bytes: gigabytes(7.49),
    licence: APACHE,
    also: /^qwen_3_4b_(bf16|fp16|fp8\w*)\.safetensors$/i,
  },
  fluxVae: {
    file: 'flux2-vae.safetensors',
    folder: 'vae',
    url: `${HUB}/Comfy-Org/flux2-dev/resolve/main/split_files/vae/flux2-vae.safetensors`,
    bytes: megabytes(320.6),
    licence: APACHE,
  },
  umt5: {
    file: 'umt5_xxl_fp8_e4m3fn_scaled.safetensors',
    folder: 'text_encoders',
    url: `${WAN_21}/text_encoders/umt5_xxl_fp8_e4m3fn_scaled.safetensors`,
    bytes: gigabytes(6.27),
    licence: APACHE,
    also: /^umt5_xxl_(fp16|bf16|fp8_e4m3fn)\.safetensors$/i,
  },
  wan21Vae: {
    file: 'wan_2.1_vae.safetensors',
    folder: 'vae',
    url: `${WAN_22}/vae/wan_2.1_vae.safetensors`,
    bytes: megabytes(242.1),
    licence: APACHE,
    also: /^wan2_1_vae_(bf16|fp16|fp32)\.safetensors$/i,
  },
  wan22Vae: {
    file: 'wan2.2_vae.safetensors',
    folder: 'vae',
    url: `${WAN_22}/vae/wan2.2_vae.safetensors`,
    bytes: gigabytes(1.31),
    licence: APACHE,
    also: /^wan2_2_vae_(bf16|fp16|fp32)\.safetensors$/i,
  },
  wan5b: wan('wan2.2_ti2v_5B_fp16.safetensors', 9.31, /^wan2\.2_ti2v_5b_(bf16|fp8_\w+)\.safetensors$/i),
  t2vHigh: wan(
    'wan2.2_t2v_high_noise_14B_fp8_scaled.safetensors',
    13.31,
    /^wan2\.2_t2v_high_noise_14b_(fp16|bf16)\.safetensors$/i,
  ),
  t2vLow: wan(
    'wan2.2_t2v_low_noise_14B_fp8_scaled.safetensors',
    13.31,
    /^wan2\.2_t2v_low_noise_14b_(fp16|bf16)\.safetensors$/i,
  ),
  i2vHigh: wan(
    'wan2.2_i2v_high_noise_14B_fp8_scaled.safetensors',
    13.31,
    /^wan2\.2_i2v_high_noise_14b_(fp16|bf16)\.safetensors$/i,
  ),
  i2vLow: wan(
    'wan2.2_i2v_low_noise_14B_fp8_scaled.safetensors',
    13.31,
    /^wan2\.2_i2v_low_noise_14b_(fp16|bf16)\.safetensors$/i,
  ),
  t2vLoraHigh: lora(
    'wan2.2_t2v_lightx2v_4steps_lora_v1.1_high_noise.safetensors',
    /^wan2\.2_t2v_lightx2v_4steps_lora_v1_high_noise\.safetensors$/i,
  ),
  t2vLoraLow: lora(
    'wan2.2_t2v_lightx2v_4steps_lora_v1.1_low_noise.safetensors',
    /^wan2\.2_t2v_lightx2v_4steps_lora_v1_low_noise\.safetensors$/i,
  ),
  i2vLoraHigh: lora(
    'wan2.2_i2v_lightx2v_4steps_lora_v1_high_noise.safetensors',
    /^wan2\.2_i2v_lightx2v_4steps_lora_v1\.1_high_noise\.safetensors$/i,
  ),
  i2vLoraLow: lora(
    'wan2.2_i2v_lightx2v_4steps_lora_v1_low_noise.safetensors',
    /^wan2\.2_i2v_lightx2v_4steps_lora_v1\.1_low_noise\.safetensors$/i,
  ),
  berniniHigh: bernini('high'),
  berniniLow: bernini('low'),
  berniniLora: {
    file: 'lightx2v_T2V_14B_cfg_step_distill_v2_lora_rank64_bf16.safetensors',
    folder: 'loras',
    url: `${HUB}/Kijai/WanVideo_comfy/resolve/main/Lightx2v/lightx2v_T2V_14B_cfg_step_distill_v2_lora_rank64_bf16.safetensors`,
    bytes: megabytes(601.5),
    licence: APACHE,
    also: /^lightx2v_t2v_14b_cfg_step_distill_v2_lora_rank(32|128|256)_bf16\.safetensors$/i,
  },
  ati: {
    file: 'Wan2_1-I2V-ATI-14B_fp8_e4m3fn.safetensors',
    folder: 'diffusion_models',
    url: `${HUB}/Kijai/WanVideo_comfy/resolve/main/Wan2_1-I2V-ATI-14B_fp8_e4m3fn.safetensors`,
    bytes: gigabytes(15.96),
    licence: null,
  },
  clipVision: {
    file: 'clip_vision_h.safetensors',
    folder: 'clip_vision',
    url: `${WAN_21}/clip_vision/clip_vision_h.safetensors`,
    bytes: gigabytes(1.18),
    licence: null,
  },
  lucyEdit: {
    file: 'lucy-edit-dev-cui-fp16.safetensors',
    folder: 'diffusion_models',
    url: `${HUB}/decart-ai/Lucy-Edit-Dev-ComfyUI/resolve/main/lucy-edit-dev-cui-fp16.safetensors`,
    bytes: 10_000_000_000,
    licence: 'non-commercial',
    also: /^lucy-edit-(1\.1-)?dev-cui(-fp16)?\.safetensors$/i,
  },
} as const satisfies Record<string, ModelFile>
