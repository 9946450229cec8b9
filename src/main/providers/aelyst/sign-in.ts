import type { Provider } from '../provider.ts'

/** Where servers of this family live, and what signs in there: a workspace's token, made by one of its administrators. */
export const signIn: Provider['signIn'] = {
  presets: [
    {
      key: 'aelyst',
      label: 'signIn.aelyst.aelyst',
      hint: 'signIn.aelyst.aelystHint',
      fields: { url: 'https://api.aelyst.ai/v1' },
    },
    {
      key: 'respondio',
      label: 'signIn.aelyst.respondio',
      hint: 'signIn.aelyst.respondioHint',
      fields: { url: 'https://api.respond.io/v2' },
    },
    { key: 'own', label: 'signIn.aelyst.own', hint: 'signIn.aelyst.ownHint', fields: {} },
  ],
  methods: [
    {
      key: 'token',
      label: 'signIn.aelyst.byToken',
      hint: 'signIn.aelyst.byTokenHint',
      fields: [
        {
          name: 'url',
          label: 'signIn.aelyst.url',
          hint: 'signIn.aelyst.urlHint',
          kind: 'url',
          placeholder: 'https://api.example.com/v1',
        },
        {
          name: 'token',
          label: 'signIn.aelyst.token',
          hint: 'signIn.aelyst.tokenHint',
          kind: 'secret',
          placeholder: '',
        },
      ],
    },
  ],
}
