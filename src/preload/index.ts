import { contextBridge, ipcRenderer } from 'electron'
import type { Wire } from '../shared/contract/bridge.ts'

/** The window's only way out: names and JSON to the engine, events back. Listeners get data, never an event object. */
const wire: Wire = {
  call: (name, input) => ipcRenderer.invoke('tuntas:call', name, input),
  listen: (onEvent) => {
    const pass = (_event: unknown, event: unknown): void => onEvent(event)
    ipcRenderer.on('tuntas:events', pass)
    ipcRenderer.send('tuntas:events')
    return () => void ipcRenderer.off('tuntas:events', pass)
  },
}

contextBridge.exposeInMainWorld('tuntas', wire)
