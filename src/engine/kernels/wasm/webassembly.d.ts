/** The little of WebAssembly that is used here; otherwise only the DOM's types tell of it. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array)
  }
  class Memory {
    readonly buffer: ArrayBuffer
    /** Adds pages of 64 KiB; views of the buffer before are empty then. */
    grow(pages: number): number
  }
  class Instance {
    constructor(module: Module)
    readonly exports: object
  }
}
