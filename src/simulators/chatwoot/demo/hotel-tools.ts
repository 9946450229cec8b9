import type { ToolsPlan } from '../tools-plan.ts'
import type { MessageTemplate } from '../world.ts'

/** What the hotel has at hand; whoever resolves something here must first say which room and why. */
export const hotelTools: ToolsPlan = {
  cannedReplies: {
    welcome: 'Welcome to The Pelican Rooms, {{contact.first_name}}! How can we help?',
    breakfast: 'Breakfast is from half past seven to eleven, on the terrace when the wind allows it.',
    checkin: 'Rooms are ready from three. Luggage may arrive any time before that.',
    late: 'Arriving after ten is no trouble. The door code comes to your telephone by text.',
    parking: 'Parking is free behind the fish hall. Please not in front of the ice machine.',
  },
  macros: [
    {
      name: 'Good night',
      by: 'me',
      isForAll: true,
      actions: [
        ['send_message', 'The desk is asleep until seven. We answer first thing in the morning.'],
        ['snooze_conversation'],
      ],
    },
    {
      name: 'Group request',
      by: 'nadia',
      isForAll: true,
      actions: [
        ['add_label', 'group'],
        ['assign_agent', 'nadia'],
        ['change_priority', 'medium'],
      ],
    },
  ],
  folders: [
    {
      name: 'Arriving soon',
      conditions: [
        { attribute_key: 'labels', filter_operator: 'equal_to', values: ['arrival'], query_operator: 'and' },
        {
          attribute_key: 'status',
          filter_operator: 'not_equal_to',
          values: ['resolved'],
          query_operator: null,
        },
      ],
    },
  ],
  attributes: [
    {
      name: 'Room',
      key: 'room',
      model: 'conversation_attribute',
      type: 'text',
      values: [],
      description: 'Its number, or "none yet"',
    },
    {
      name: 'Reason',
      key: 'reason',
      model: 'conversation_attribute',
      type: 'list',
      values: ['booking', 'arrival', 'in the room', 'lost and found', 'other'],
      description: 'What it was about in the end',
    },
    {
      name: 'Nights',
      key: 'nights',
      model: 'conversation_attribute',
      type: 'number',
      values: [],
      description: '',
    },
    {
      name: 'Loyal since',
      key: 'loyal_since',
      model: 'contact_attribute',
      type: 'date',
      values: [],
      description: '',
    },
  ],
  requiredAttributes: ['room', 'reason'],
  contactNotes: [
    {
      contact: 'winnie',
      by: 'agnes',
      ago: '300d',
      text: 'Room 5, second pillow, tea and not coffee. Since 1998.',
    },
    { contact: 'winnie', by: 'me', ago: '1d', text: 'Brings sprats for the pelican.' },
    { contact: 'agency', by: 'nadia', ago: '60d', text: 'Pays a third in advance, the rest on the day.' },
  ],
  contactLabels: { winnie: ['booking'], agency: ['group'] },
  contactAttributes: { winnie: { loyal_since: '1998-08-24' } },
}

export const hotelTemplates: readonly MessageTemplate[] = [
  {
    name: 'room_ready',
    language: 'en',
    category: 'UTILITY',
    status: 'APPROVED',
    text: 'Hello {{1}}, room {{2}} is ready. Your key waits at the desk.',
    otherComponents: [
      { type: 'HEADER', format: 'TEXT', text: 'Your room' },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'On our way' }] },
    ],
  },
]
