import type { ToolsPlan } from '../tools-plan.ts'
import type { MessageTemplate } from '../world.ts'

/** What the bicycle shop has at hand: canned replies, macros, folders, attributes, and what it knows of its customers. */
export const shopTools: ToolsPlan = {
  cannedReplies: {
    hello: 'Hello {{contact.first_name}}, {{agent.first_name}} here from the workshop.',
    ready: 'Good news: your bicycle is ready. We are open until six, and until two on Saturdays.',
    hours: 'We are here Monday to Friday from nine to six, Saturday from nine to two.',
    photo:
      'Could you send us a picture of it, ideally with the sticker on the frame? That saves us one question.',
    brake_check:
      'Please do not ride it until we have seen the brakes. We can look at it today without an appointment.',
    parcel: 'The carrier has your parcel. It usually arrives the day after tomorrow, before noon.',
    warranty: 'This is a case for the maker’s warranty. We send it in for you, that takes about ten days.',
    invoice: 'The invoice is attached. Please tell us if the address on it should be another.',
    thanks: 'Thank you, and safe rides, {{contact.first_name}}!',
  },
  macros: [
    {
      name: 'To the workshop',
      by: 'leila',
      isForAll: true,
      actions: [
        ['assign_team', 'workshop'],
        ['add_label', 'repair'],
        ['add_private_note', 'Handed over to the workshop.'],
      ],
    },
    {
      name: 'Warranty: ask the maker',
      by: 'leila',
      isForAll: true,
      actions: [
        ['add_label', 'warranty'],
        ['change_priority', 'medium'],
        ['send_message', 'We have asked the maker and will be back with an answer within two days.'],
        ['snooze_conversation'],
      ],
    },
    {
      name: 'Thank and close',
      actions: [
        ['assign_agent', 'self'],
        ['send_message', 'Thank you, and safe rides!'],
        ['resolve_conversation'],
      ],
    },
  ],
  folders: [
    {
      name: 'E-bikes waiting',
      conditions: [
        { attribute_key: 'status', filter_operator: 'equal_to', values: ['open'], query_operator: 'and' },
        { attribute_key: 'labels', filter_operator: 'equal_to', values: ['e-bike'], query_operator: null },
      ],
    },
    {
      name: 'Urgent anywhere',
      conditions: [
        {
          attribute_key: 'priority',
          filter_operator: 'equal_to',
          values: ['urgent', 'high'],
          query_operator: null,
        },
      ],
    },
  ],
  attributes: [
    {
      name: 'Frame number',
      key: 'frame_number',
      model: 'conversation_attribute',
      type: 'text',
      values: [],
      description: 'Under the bottom bracket',
    },
    {
      name: 'Kind of bicycle',
      key: 'bicycle',
      model: 'conversation_attribute',
      type: 'list',
      values: ['city', 'gravel', 'cargo', 'e-bike', 'child'],
      description: '',
    },
    {
      name: 'Club member',
      key: 'club_member',
      model: 'contact_attribute',
      type: 'checkbox',
      values: [],
      description: 'Ten per cent on parts',
    },
    {
      name: 'Spent so far',
      key: 'spent',
      model: 'contact_attribute',
      type: 'currency',
      values: [],
      description: '',
    },
  ],
  contactNotes: [
    {
      contact: 'priya',
      by: 'maya',
      ago: '40d',
      text: 'Commutes 22 km a day. Always needs the bicycle back by evening.',
    },
    { contact: 'priya', by: 'me', ago: '6d', text: 'Prefers a message to a call.' },
    { contact: 'henrik', by: 'leila', ago: '12d', text: 'Six cargo bicycles, one invoice a month.' },
    {
      contact: 'margit',
      by: 'jonas',
      ago: '30d',
      text: 'The library’s book bicycle goes first, the children wait for it.',
    },
  ],
  contactLabels: { henrik: ['vip', 'invoice'], priya: ['vip'] },
  contactAttributes: {
    priya: { club_member: true, spent: 1840 },
    henrik: { club_member: false, spent: 15_200 },
  },
}

export const shopTemplates: readonly MessageTemplate[] = [
  {
    name: 'bicycle_ready',
    language: 'en',
    category: 'UTILITY',
    status: 'APPROVED',
    text: 'Hello {{1}}, your {{2}} is ready to be picked up.',
    otherComponents: [
      { type: 'HEADER', format: 'TEXT', text: 'Ready when you are' },
      { type: 'FOOTER', text: 'Thistle & Chain Cycles' },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'I will come today' }] },
    ],
  },
  {
    name: 'estimate',
    language: 'en',
    category: 'UTILITY',
    status: 'APPROVED',
    text: 'Hello {{customer}}, the repair would be {{price}} and done by {{day}}. Shall we?',
    otherComponents: [
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Yes, please' },
          { type: 'QUICK_REPLY', text: 'Not now' },
        ],
      },
    ],
  },
  {
    name: 'spring_check',
    language: 'en',
    category: 'MARKETING',
    status: 'PENDING',
    text: 'Spring is coming. A check before the first long ride?',
  },
]
