import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/**
 * Three builds. Main has one entry a shell; they share chunks, and only `index` reaches code that imports electron.
 * keytar stays outside, for it is native; everything else a shell needs is bundled, so the package ships no other module.
 */
export default defineConfig({
  main: {
    build: {
      externalizeDeps: { include: ['keytar'] },
      rolldownOptions: {
        input: { index: 'src/main/index.ts', loopback: 'src/main/loopback.ts' },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        // A sandboxed preload is no module: Electron refuses anything but CommonJS there.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      minify: true,
      assetsInlineLimit: 0,
      rolldownOptions: { input: 'src/renderer/index.html' },
    },
  },
})
