import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron'
import { contract, events } from '#shared/ipc/contract.ts'
import type { ReplyMessage } from '#shared/ipc/message.ts'
import { bridgeChannels } from './shell/bridge-channels.ts'

const channels = new Set(Object.keys(contract))
const eventNames = new Set([...Object.keys(events), 'backend'])

// The page sees these functions and nothing of Electron; src/main/shell/bridge.ts has their types.
contextBridge.exposeInMainWorld('bridge', {
  async call(channel: string, input: unknown, ticket?: number, pass?: string) {
    if (!channels.has(channel)) throw new Error(`no such channel: ${channel}`)
    const result: ReplyMessage['result'] = await ipcRenderer.invoke(
      bridgeChannels.call,
      channel,
      input,
      ticket,
      pass,
    )
    if (result.ok === 'error') throw new Error(result.message)
    return result
  },
  cancel: (ticket: number) => ipcRenderer.send(bridgeChannels.cancel, ticket),
  onEvent(name: string, listener: (value: unknown) => void) {
    if (!eventNames.has(name)) throw new Error(`no such event: ${name}`)
    const hear = (_: IpcRendererEvent, heard: string, value: unknown) => {
      if (heard === name) listener(value)
    }
    ipcRenderer.on(bridgeChannels.event, hear)
    if (name === 'backend') void ipcRenderer.invoke(bridgeChannels.status).then(listener)
    return () => void ipcRenderer.off(bridgeChannels.event, hear)
  },
  restartBackend: () => ipcRenderer.send(bridgeChannels.restart),
  setAppearance: (appearance: unknown) => ipcRenderer.send(bridgeChannels.appearance, appearance),
  saveText: (name: string, text: string) => ipcRenderer.invoke(bridgeChannels.save, name, text),
  choosePath: (name: string) => ipcRenderer.invoke(bridgeChannels.choose, name),
  openReport: (path: string) => ipcRenderer.invoke(bridgeChannels.open, path),
  pathOf: (file: File) => webUtils.getPathForFile(file),
})
