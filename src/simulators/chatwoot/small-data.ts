import { lampTemplates, lampTools, teaTemplates } from './small-tools-data.ts'
import { agent, me, note, them, type AccountPlan, type InstallationPlan, type ThreadPlan } from './plan.ts'

/** A handful of conversations for tests: small enough to know by heart. README.md names what is in it. */
export const smallPlan: InstallationPlan = {
  me: { name: 'Nilo Verano', email: 'nilo@example.com' },
  accounts: [lamps(), tea()],
}

function lamps(): AccountPlan {
  return {
    name: 'Lantern Lamps',
    myRole: 'agent',
    colleagues: {
      ada: {
        name: 'Ada Brook',
        email: 'ada@example.com',
        mfa: { code: '246810', backupCodes: ['lamp-fern-31', 'lamp-fern-32'] },
      },
      otto: {
        name: 'Otto Lindqvist',
        email: 'otto@example.com',
        role: 'administrator',
        availability: 'offline',
      },
    },
    bot: 'Glimmer',
    inboxes: {
      web: { name: 'Website', channel: 'Channel::WebWidget' },
      mail: { name: 'Post', channel: 'Channel::Email', email: 'post@example.com' },
      whatsapp: {
        name: 'WhatsApp',
        channel: 'Channel::Whatsapp',
        phone: '+447700900140',
        templates: lampTemplates,
      },
      api: { name: 'Shop system', channel: 'Channel::Api', replyWindowHours: 48 },
      helper: { name: 'Night desk', channel: 'Channel::Telegram', isBotActive: true },
      closed: {
        name: 'Wholesale',
        channel: 'Channel::Email',
        email: 'wholesale@example.com',
        withoutMe: true,
      },
    },
    teams: { returns: { name: 'returns', description: 'Lamps on their way back', members: ['me', 'ada'] } },
    labels: [
      { title: 'delivery', color: '#2F855A', description: 'Where is my lamp' },
      { title: 'broken', color: '#C53030', description: 'Arrived in pieces' },
    ],
    contacts: {
      ines: { name: 'Ines Duarte', email: 'ines@example.org', phone: '+447700900141' },
      tomas: { name: 'Tomas Okoro', email: 'tomas@example.net' },
      yael: { name: 'יעל כרמי', email: 'yael@example.com', hasPortrait: false },
      bram: { name: 'Bram de Wit', phone: '+447700900142' },
      lu: { name: '陆小雨', phone: '+447700900143' },
    },
    tools: lampTools,
    threads: lampThreads(),
  }
}

function lampThreads(): ThreadPlan[] {
  return [
    {
      inbox: 'web',
      contact: 'ines',
      assignee: 'me',
      labels: ['delivery'],
      priority: 'high',
      lines: [
        them('3h', 'Hello! My lamp was to come yesterday.'),
        me('2h 50m', 'Good morning Ines, I am looking into it.'),
        note('ada', '2h 40m', 'The carrier lost the first parcel, a second one is on its way.'),
        them('25m', 'Any news?'),
        them('24m', 'I have guests tonight 😅'),
      ],
      then: ['Thank you, that helps!', 'It is here, and it shines!'],
      meanwhile: ['Is anybody there?'],
    },
    {
      inbox: 'mail',
      contact: 'tomas',
      labels: ['broken'],
      subject: 'A shade in two pieces',
      lines: [them('2d', 'The shade of my lamp came in two pieces. What now?')],
    },
    {
      inbox: 'whatsapp',
      contact: 'bram',
      assignee: 'ada',
      lines: [them('2d 3h', 'Do you repair old lamps?'), agent('ada', '2d 2h', 'We do. Which one is it?')],
    },
    {
      inbox: 'web',
      contact: 'yael',
      status: 'pending',
      lines: [them('40m', 'שלום, האם המנורה מתאימה לחוץ?')],
    },
    {
      inbox: 'whatsapp',
      contact: 'lu',
      status: 'snoozed',
      snoozedForHours: 20,
      assignee: 'me',
      lines: [them('6h', '灯泡可以更换吗？'), me('5h', 'Yes, any E27 bulb fits. I will ask for a picture.')],
    },
    {
      inbox: 'web',
      contact: 'tomas',
      status: 'resolved',
      assignee: 'me',
      lines: [
        them('5d', 'Do you ship to islands?'),
        me('4d 23h', 'We do, it takes two days longer.'),
        them('4d 22h', 'Great'),
      ],
    },
    { inbox: 'closed', contact: 'bram', lines: [them('1h', 'A hundred lamps, please.')] },
  ]
}

function tea(): AccountPlan {
  return {
    name: 'Kettle & Fern',
    myRole: 'administrator',
    colleagues: {},
    inboxes: {
      web: { name: 'Tea shop', channel: 'Channel::WebWidget' },
      phone: {
        name: 'Tea by phone',
        channel: 'Channel::TwilioSms',
        medium: 'whatsapp',
        phone: '+447700900150',
        templates: teaTemplates,
      },
    },
    contacts: { mo: { name: 'Mo Abara', email: 'mo@example.org' } },
    threads: [{ inbox: 'web', contact: 'mo', lines: [them('12m', 'Is the smoked tea back?')] }],
  }
}

/** One account, nobody has written yet. */
export const emptyPlan: InstallationPlan = {
  me: { name: 'Nilo Verano', email: 'nilo@example.com' },
  accounts: [
    {
      name: 'Lantern Lamps',
      myRole: 'agent',
      colleagues: { ada: { name: 'Ada Brook', email: 'ada@example.com' } },
      inboxes: {
        web: { name: 'Website', channel: 'Channel::WebWidget' },
        mail: { name: 'Post', channel: 'Channel::Email', email: 'post@example.com' },
        whatsapp: { name: 'WhatsApp', channel: 'Channel::Whatsapp', phone: '+447700900140' },
      },
      contacts: {},
      threads: [],
    },
  ],
}
