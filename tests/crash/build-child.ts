import { join } from 'node:path'
import { build } from 'vite'

/** Packs the process to be killed into one file of `folder`, as starting it from its sources would take most of a run. */
export async function buildChild(folder: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(import.meta.dirname, '../..'),
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, 'crash-child.ts'),
      outDir: folder,
      emptyOutDir: false,
      target: 'node24',
      rolldownOptions: { output: { entryFileNames: 'crash-child.mjs', codeSplitting: false } },
    },
  })
  return join(folder, 'crash-child.mjs')
}
