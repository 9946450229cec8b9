import type { Provider } from '../provider.ts'

/** Where the other's helpdesk is, and who we are there (docs/providers/chatwoot-public.md §1). */
export const signIn: Provider['signIn'] = {
  presets: [
    {
      key: 'elsewhere',
      label: 'signIn.chatwootPublic.elsewhere',
      hint: 'signIn.chatwootPublic.elsewhereHint',
      fields: {},
    },
  ],
  methods: [
    {
      key: 'identifiers',
      label: 'signIn.chatwootPublic.byIdentifiers',
      hint: 'signIn.chatwootPublic.byIdentifiersHint',
      fields: [
        {
          name: 'url',
          label: 'signIn.chatwootPublic.url',
          hint: 'signIn.chatwootPublic.urlHint',
          kind: 'url',
          placeholder: 'https://support.example.com',
        },
        {
          name: 'inbox',
          label: 'signIn.chatwootPublic.inbox',
          hint: 'signIn.chatwootPublic.inboxHint',
          kind: 'secret',
          placeholder: '',
        },
        {
          name: 'contacts',
          label: 'signIn.chatwootPublic.contacts',
          hint: 'signIn.chatwootPublic.contactsHint',
          kind: 'lines',
          placeholder: '',
        },
        {
          name: 'identifier',
          label: 'signIn.chatwootPublic.identifier',
          hint: 'signIn.chatwootPublic.identifierHint',
          kind: 'text',
          placeholder: '',
          isOptional: true,
        },
        {
          name: 'hash',
          label: 'signIn.chatwootPublic.hash',
          hint: 'signIn.chatwootPublic.hashHint',
          kind: 'secret',
          placeholder: '',
          isOptional: true,
        },
      ],
    },
  ],
}
