import { by, failing, picture, them, type SpacePlan } from './plan.ts'

/** A small lamp shop, to be counted on one's fingers: README.md says who is who. */
export const smallSpace: SpacePlan = {
  users: {
    nilo: {
      name: 'Nilo Verano',
      email: 'nilo@example.com',
      team: { id: 11, name: 'Returns' },
    },
    ada: {
      name: 'Ada Brook',
      email: 'ada@example.com',
      team: { id: 11, name: 'Returns' },
      restrictions: ['show_team_contacts'],
    },
    otto: { name: 'Otto Lindqvist', email: 'otto@example.com', role: 'owner' },
    mina: {
      name: 'Mina Sato',
      email: 'mina@example.com',
      restrictions: ['show_only_mine', 'restrict_data_export'],
    },
  },
  channels: {
    whatsapp: {
      name: 'Lantern WhatsApp',
      source: 'whatsapp_cloud',
      templates: [
        {
          name: 'lamp_ready',
          languageCode: 'en',
          components: [
            { type: 'header', format: 'TEXT', text: 'Your lamp' },
            { type: 'body', text: 'Hello {{1}}, your {{2}} is ready.' },
            { type: 'footer', text: 'Lantern Lamps' },
            { type: 'buttons', buttons: [{ type: 'quick_reply', text: 'I come today' }] },
          ],
        },
        {
          name: 'lamp_sale',
          languageCode: 'en',
          category: 'MARKETING',
          status: 'rejected',
          components: [{ type: 'body', text: 'Everything must glow!' }],
        },
      ],
    },
    mail: { name: 'Post', source: 'other_email' },
    telegram: { name: 'Telegram', source: 'telegram' },
    facebook: { name: 'Facebook', source: 'facebook' },
    lanterns: { name: 'Lantern signals', source: 'semaphore' },
  },
  closingNotes: [
    { category: 'Spam', description: 'Nobody real' },
    { category: 'Answered' },
    { category: 'Refunded', description: 'Money went back' },
  ],
  stages: ['New Lead', 'Customer', 'Regular'],
  contacts: [
    {
      name: 'Ines Duarte',
      phone: '+15550100',
      email: 'ines@example.com',
      channel: 'whatsapp',
      assignee: 'nilo',
      tags: ['delivery'],
      lifecycle: 'Customer',
      customFields: [{ name: 'lamp', value: 'Aurora' }],
      lines: [
        them('3h', 'Hello, is my lamp on its way?'),
        by('workflow', '3h', 'Thanks for writing! Somebody looks at it soon.'),
        by('nilo', '2h', 'It leaves today.'),
        them('25m', 'The box is open and one bulb is missing.'),
        them('24m', picture('https://files.example.com/open-box.jpg')),
      ],
    },
    {
      name: 'Bram de Wit',
      phone: '+15550101',
      channel: 'whatsapp',
      assignee: 'ada',
      lines: [
        them('3d', 'Do you ship to islands?'),
        failing(by('ada', '1d 12h', 'We do!'), 'More than 24 hours have passed.'),
      ],
    },
    {
      name: '陆小雨',
      email: 'xiaoyu@example.com',
      language: 'zh',
      channel: 'mail',
      lines: [them('2d', { type: 'email', subject: '台灯', text: '请问还有蓝色的台灯吗？' })],
    },
    {
      name: 'Tomas Okoro',
      channel: 'telegram',
      status: 'closed',
      assignee: 'nilo',
      lines: [them('5d', 'Thanks, it glows.'), by('nilo', '5d', 'Glad to hear!')],
    },
    {
      name: 'יעל כרמי',
      channel: 'facebook',
      lines: [them('40m', 'אפשר להחליף את המנורה?'), by('ai_agent', '39m', 'כן, כמובן.')],
    },
    {
      name: 'Loud Larry',
      phone: '+15550106',
      channel: 'whatsapp',
      isBlocked: true,
      lines: [them('6d', 'BUY NOW')],
    },
    { name: '', phone: '+15550107', channel: 'whatsapp', lines: [] },
    { name: 'Signal Sam', channel: 'lanterns', lines: [them('1h', { type: 'lantern', blinks: 3 })] },
  ],
}
