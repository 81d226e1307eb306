/** Electron's own names for what crosses between page and shell; the contract's channels travel inside `call`. */
export const bridgeChannels = {
  call: 'bridge:call',
  cancel: 'bridge:cancel',
  event: 'bridge:event',
  status: 'bridge:status',
  restart: 'bridge:restart',
  save: 'bridge:save',
  appearance: 'bridge:appearance',
  target: 'bridge:target',
} as const
