import type { ToolsPlan } from './tools-plan.ts'
import type { MessageTemplate } from './world.ts'

/** The small world's tools; README.md names them. */
export const lampTools: ToolsPlan = {
  cannedReplies: {
    hello: 'Hello {{contact.first_name}}, this is {{agent.name}} at the lamp shop.',
    shipping: 'Your lamp leaves us within two days. The carrier writes to you when it is on its way.',
    ship_abroad: 'We send lamps to every island that has a harbour.',
    broken:
      'We are sorry! Please send us a picture, and a new shade is on its way. No return shipping needed.',
  },
  macros: [
    {
      name: 'Lamp comes back',
      by: 'otto',
      isForAll: true,
      actions: [
        ['assign_team', 'returns'],
        ['add_label', 'broken'],
        ['send_message', 'Please send the lamp back, we have taken the label off the shelf for you.'],
      ],
    },
    {
      name: 'Mine and done',
      actions: [
        ['assign_agent', 'self'],
        ['add_private_note', 'Settled by telephone.'],
        ['resolve_conversation'],
      ],
    },
    { name: 'Ada alone', by: 'ada', actions: [['change_priority', 'low']] },
  ],
  folders: [
    {
      name: 'Open and high',
      conditions: [
        { attribute_key: 'status', filter_operator: 'equal_to', values: ['open'], query_operator: 'and' },
        { attribute_key: 'priority', filter_operator: 'equal_to', values: ['high'], query_operator: null },
      ],
    },
    {
      name: 'Ada keeps an eye on',
      by: 'ada',
      conditions: [
        { attribute_key: 'labels', filter_operator: 'equal_to', values: ['broken'], query_operator: null },
      ],
    },
  ],
  attributes: [
    {
      name: 'Kind of lamp',
      key: 'lamp',
      model: 'conversation_attribute',
      type: 'list',
      values: ['desk', 'floor', 'ceiling'],
      description: 'Which shelf it stands on',
    },
    {
      name: 'Order',
      key: 'order',
      model: 'conversation_attribute',
      type: 'text',
      values: [],
      description: 'Begins with an L',
    },
    {
      name: 'Customer since',
      key: 'since',
      model: 'contact_attribute',
      type: 'date',
      values: [],
      description: '',
    },
  ],
  contactNotes: [
    { contact: 'ines', by: 'ada', ago: '20d', text: 'Prefers to be called after five.' },
    { contact: 'ines', by: 'me', ago: '3d', text: 'Has three of our lamps.' },
  ],
  contactLabels: { ines: ['delivery'] },
  contactAttributes: { ines: { since: '2024-05-04', isbn: 'none' } },
}

export const lampTemplates: readonly MessageTemplate[] = [
  {
    name: 'lamp_ready',
    language: 'en',
    category: 'UTILITY',
    status: 'APPROVED',
    text: 'Hello {{1}}, your lamp from order {{2}} is repaired and waits for you.',
    otherComponents: [
      { type: 'HEADER', format: 'TEXT', text: 'Your lamp' },
      { type: 'FOOTER', text: 'Lantern Lamps' },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'I am coming' },
          { type: 'URL', text: 'Opening hours', url: 'https://shop.example.com/hours/{{1}}' },
        ],
      },
    ],
  },
  {
    name: 'lamp_sale',
    language: 'en',
    category: 'MARKETING',
    status: 'REJECTED',
    text: 'Hello {{name}}, all desk lamps are on sale.',
  },
]

export const teaTemplates: readonly MessageTemplate[] = [
  {
    name: 'tea_back',
    language: 'en',
    category: 'UTILITY',
    status: 'APPROVED',
    text: 'Hello {{1}}, the {{2}} tea is back on the shelf.',
  },
]
