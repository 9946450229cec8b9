import type { Provider } from '../provider.ts'

/** Where a Wapikit lives and what it is opened with. One key is one member of one organisation (docs/providers/wapikit.md §2). */
export const signIn: Provider['signIn'] = {
  presets: [
    {
      key: 'cloud',
      label: 'signIn.wapikit.cloud',
      hint: 'signIn.wapikit.cloudHint',
      fields: { url: 'https://api.wapikit.com/api' },
    },
    { key: 'own', label: 'signIn.wapikit.own', hint: 'signIn.wapikit.ownHint', fields: {} },
  ],
  methods: [
    {
      key: 'token',
      label: 'signIn.wapikit.byKey',
      hint: 'signIn.wapikit.byKeyHint',
      fields: [
        {
          name: 'url',
          label: 'signIn.wapikit.url',
          hint: 'signIn.wapikit.urlHint',
          kind: 'url',
          placeholder: 'https://wapikit.example.com/api',
        },
        {
          name: 'token',
          label: 'signIn.wapikit.key',
          hint: 'signIn.wapikit.keyHint',
          kind: 'secret',
          placeholder: '',
        },
      ],
    },
  ],
}
