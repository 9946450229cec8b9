import { drippingTap, hotelRoom, seaside } from '../../media/pictures.ts'
import { agent, me, note, them, type AccountPlan, type ThreadPlan } from '../plan.ts'
import { pdf, voiceNote } from './attachments.ts'
import { hotelTemplates } from './hotel-tools.ts'
import { agencyLetter, anniversaryLetter } from './letters.ts'

/** The small hotel by the sea: the second account on the same token, where I am an administrator. */
export const hotel: Omit<AccountPlan, 'newcomers'> = {
  name: 'The Pelican Rooms',
  myRole: 'administrator',
  colleagues: {
    nadia: {
      name: 'Nadia Ferreira',
      email: 'nadia@example.org',
      mfa: { code: '314159', backupCodes: ['pelican-blue-7', 'pelican-blue-8'] },
    },
    ivo: { name: 'Ivo Maric', email: 'ivo@example.org', availability: 'busy' },
    agnes: { name: 'Agnes Toth', email: 'agnes@example.org', availability: 'offline' },
  },
  inboxes: {
    web: { name: 'Website chat', channel: 'Channel::WebWidget' },
    mail: { name: 'Front desk', channel: 'Channel::Email', email: 'stay@example.org' },
    whatsapp: {
      name: 'Guests on WhatsApp',
      channel: 'Channel::Whatsapp',
      phone: '+447700900200',
      templates: hotelTemplates,
    },
    instagram: { name: 'Instagram', channel: 'Channel::Instagram' },
    sms: { name: 'Door codes', channel: 'Channel::Sms', phone: '+447700900201', isLockedToOne: true },
  },
  teams: {
    desk: { name: 'front desk', description: 'Keys, taxis, breakfast', members: ['me', 'nadia', 'ivo'] },
  },
  labels: [
    { title: 'booking', color: '#2B6CB0', description: 'New or changed' },
    { title: 'arrival', color: '#2F855A', description: 'Today or tomorrow' },
    { title: 'complaint', color: '#C53030', description: 'Make it good again' },
    { title: 'group', color: '#6B46C1', description: 'Eight or more' },
  ],
  contacts: {
    odile: { name: 'Odile Castellane', email: 'o.castellane@example.com' },
    agency: { name: 'Slow Boots Walking Tours', email: 'groups@example.net', hasPortrait: false },
    samir: { name: 'سمير منصور', phone: '+447700900211' },
    greta: { name: 'Greta Wallin', phone: '+447700900212' },
    teo: { name: 'Teodoro Braga', phone: '+447700900213' },
    hyun: { name: '한지우', email: 'jiwoo@example.com' },
    winnie: { name: 'Winifred Aldous', email: 'winifred@example.org' },
    zoe: { name: 'zoe.and.the.sea' },
    bartek: { name: 'Bartek Wolny', phone: '+447700900214' },
    lucia: { name: 'Lucía Serrano', email: 'lucia@example.net' },
    emre: { name: 'Emre Yalçın', email: 'emre@example.com' },
    fatou: { name: 'Fatou Diarra', phone: '+447700900215' },
    george: { name: 'George Penhallow', email: 'george@example.org' },
    hanna: { name: 'Hanna Virtanen', email: 'hanna@example.com' },
    iris: { name: 'Iris Vandermeer', phone: '+447700900216' },
    joao: { name: 'João Tavares', email: 'joao@example.net' },
    keiko: { name: '森 恵子', email: 'keiko@example.com' },
    lena: { name: 'Lena Brandauer', phone: '+447700900217' },
    milo: { name: 'Milo Adeyemi', hasPortrait: false },
    noa: { name: 'נועה שקד', email: 'noa@example.org' },
  },
  threads: [...waiting(), ...answered(), ...past()],
}

function waiting(): ThreadPlan[] {
  return [
    {
      inbox: 'whatsapp',
      contact: 'greta',
      assignee: 'me',
      labels: ['complaint'],
      priority: 'high',
      lines: [
        them('26m', 'Hello from room 12! The tap has been singing since four in the morning 🎶', {
          files: [drippingTap('room-12.png')],
        }),
        them('25m', 'It is a nice voice but always the same song'),
      ],
      then: [
        'Oh wonderful, he is already here with a wrench.',
        'Silence! Bliss. Thank you, and the fruit basket was not necessary (it was delicious).',
      ],
      meanwhile: ['Now it has started a second verse.'],
    },
    {
      inbox: 'web',
      contact: 'milo',
      labels: ['booking'],
      lines: [
        them('5m', 'hey, two nights from friday, one person, one surfboard?'),
        them('4m', 'the board does not need a bed'),
      ],
      then: ['sweet, booking it now', 'done! see you friday 🤙'],
    },
    {
      inbox: 'mail',
      contact: 'odile',
      assignee: 'nadia',
      participants: ['me'],
      labels: ['group', 'booking'],
      priority: 'medium',
      subject: 'Our silver wedding in June',
      unread: 1,
      lines: [
        them(
          '4d',
          'Dear Sir or Madam,\n\nwe will have been married for 25 years in June and would like to celebrate with you. Is there room for fourteen?\n\nOdile Castellane',
        ),
        agent(
          'nadia',
          '3d 20h',
          'Dear Odile, congratulations! The terrace is free on both evenings, and I have put a pencil mark on three rooms for you.',
        ),
        them('2h 50m', anniversaryLetter().plain, { email: anniversaryLetter() }),
        note(
          'nadia',
          '2h 40m',
          '[@Robin Sandoval](mention://user/11/Robin%20Sandoval) would you ring the accordion player? He is your neighbour.',
        ),
      ],
      then: ['Dear Nadia,\n\nthe accordion player is delighted. So are we.\n\nOdile'],
    },
    {
      inbox: 'mail',
      contact: 'agency',
      team: 'desk',
      labels: ['group'],
      subject: 'Group of 22, walking holiday, September',
      lines: [
        them('2d 2h', agencyLetter().plain, {
          email: agencyLetter(),
          files: [
            pdf('walking-week.pdf', [
              'Slow Boots Walking Tours',
              'Day 1  Harbour to lighthouse',
              'Day 2  Lighthouse to soup',
            ]),
          ],
        }),
      ],
    },
    {
      inbox: 'whatsapp',
      contact: 'samir',
      labels: ['arrival'],
      lines: [
        them('44m', 'مساء الخير، طائرتنا تأخرت وسنصل بعد منتصف الليل. هل سيكون أحد في الاستقبال؟'),
        them('43m', 'نحن أربعة أشخاص، رقم الحجز PR-3071'),
      ],
      then: ['شكراً لكم، هذا يطمئننا كثيراً 🙏'],
      meanwhile: ['الطائرة ستقلع بعد قليل'],
    },
    {
      inbox: 'web',
      contact: 'hyun',
      lines: [them('1h 35m', '안녕하세요! 조식은 몇 시까지인가요? 그리고 채식 메뉴도 있나요?')],
      then: ['감사합니다! 내일 뵐게요 😊'],
    },
    {
      inbox: 'whatsapp',
      contact: 'teo',
      assignee: 'ivo',
      lines: [
        them('3h 20m', 'Bom dia! Room 7, the key card sleeps longer than I do', {
          files: [voiceNote('beep.wav', [880, 0, 880, 0, 220])],
        }),
        agent('ivo', '3h 10m', 'Good morning! I will bring you a new one to breakfast.'),
        them('2h 15m', 'New one works. But only from the inside 🤔'),
      ],
      then: ['Ah, it was the OLD one in my other pocket. Forget everything.'],
    },
    {
      inbox: 'instagram',
      contact: 'zoe',
      lines: [them('17m', 'is the room with the blue door free in october? asking for my soul')],
      then: ['then the 9th to the 12th please!!', 'my soul says thank you'],
    },
  ]
}

function answered(): ThreadPlan[] {
  return [
    {
      inbox: 'mail',
      contact: 'winnie',
      assignee: 'me',
      participants: ['agnes'],
      customAttributes: { room: '5' },
      labels: ['booking'],
      subject: 'The same room as every year',
      lines: [
        them(
          '1d 4h',
          'Good evening,\n\nmay I have room 5 again, the one from which one sees the pelican? The last week of August, as always.\n\nWinifred Aldous',
        ),
        note('agnes', '1d 3h', 'She has come since 1998. Room 5, extra pillow, tea not coffee.'),
        me(
          '1d 2h',
          'Dear Mrs Aldous,\n\nroom 5 is yours, with the second pillow and the tea. The pelican asked after you.',
        ),
      ],
      then: ['How very kind. Please tell him I shall bring sprats.\n\nW. A.'],
    },
    {
      inbox: 'whatsapp',
      contact: 'bartek',
      assignee: 'me',
      labels: ['arrival'],
      lines: [
        them('5h', 'Can we leave the van by the harbour overnight?'),
        me(
          '4h 50m',
          'You can, behind the fish hall it costs nothing. Please not in front of the ice machine.',
        ),
        them('4h 40m', 'Got it, ice machine is sacred'),
        me('4h 35m', 'Very. See you tonight!'),
      ],
      unread: 0,
    },
    {
      inbox: 'web',
      contact: 'lucia',
      assignee: 'nadia',
      lines: [
        them('9h', '¿Aceptan perros? Es pequeño y muy educado.'),
        agent('nadia', '8h 50m', '¡Claro que sí! Los perros educados duermen gratis. ¿Cómo se llama?'),
        them('8h 30m', 'Churro 🐶'),
        agent('nadia', '8h 20m', 'Esperamos a Churro con una galleta.'),
      ],
    },
    {
      inbox: 'mail',
      contact: 'emre',
      assignee: 'ivo',
      status: 'pending',
      subject: 'Invoice on my company',
      lines: [
        them(
          '1d 7h',
          'Hello, could the invoice carry my company’s name? Yalçın Boat Varnish, same address.\n\nEmre',
        ),
        agent('ivo', '1d 6h', 'Of course. Agnes does the books and is back tomorrow.'),
      ],
    },
    {
      inbox: 'sms',
      contact: 'fatou',
      assignee: 'me',
      lines: [
        me(
          '2h 30m',
          'The Pelican Rooms: your door code is on the card in the key box. We are awake until 11.',
        ),
        them('2h 10m', 'Found it, thank you! Sea is loud, love it'),
        me('2h', 'Sleep well!'),
      ],
      unread: 0,
    },
    {
      inbox: 'web',
      contact: 'george',
      status: 'snoozed',
      snoozedForHours: 40,
      assignee: 'me',
      labels: ['booking'],
      lines: [
        them(
          '2d 3h',
          'If the wedding in June is cancelled, I would take all three rooms. One must be practical.',
        ),
        me('2d 2h', 'We hope it is not! But I have made a note, and you are the first I will write to.'),
      ],
    },
    {
      inbox: 'mail',
      contact: 'hanna',
      status: 'snoozed',
      assignee: 'nadia',
      subject: 'Sauna',
      lines: [
        them('5d', 'Hello! Is the sauna hot in winter too?'),
        agent(
          'nadia',
          '4d 22h',
          'Especially in winter. Tell us the dates and we tell you whether the snow is in.',
        ),
      ],
    },
  ]
}

function past(): ThreadPlan[] {
  return [
    {
      inbox: 'whatsapp',
      contact: 'iris',
      status: 'resolved',
      assignee: 'me',
      labels: ['arrival'],
      lines: [
        them('1d 9h', 'Which room do we have? My son wants to count the steps.'),
        me('1d 8h', 'Number 4. Here it is, freshly made.', { files: [hotelRoom('room-4.png')] }),
        them('1d 8h', '31 steps! He is very happy.'),
      ],
    },
    {
      inbox: 'mail',
      contact: 'joao',
      status: 'resolved',
      assignee: 'ivo',
      labels: ['complaint'],
      subject: 'The gull',
      lines: [
        them(
          '3d 5h',
          'A gull took my sandwich on your terrace. I do not blame you. I blame the gull.\n\nJoão',
        ),
        agent(
          'ivo',
          '3d 4h',
          'We know her. Her name is Beatrice. The next sandwich is on the house, and under a roof.',
        ),
        them('3d 2h', 'Peace is restored.'),
      ],
    },
    {
      inbox: 'web',
      contact: 'keiko',
      status: 'resolved',
      assignee: 'nadia',
      lines: [
        them('6d', '駅からの送迎はありますか？'),
        agent('nadia', '5d 23h', 'はい、毎日15時と18時にお迎えに参ります。'),
        them('5d 22h', '18時でお願いします。助かります！'),
      ],
    },
    {
      inbox: 'instagram',
      contact: 'zoe',
      status: 'resolved',
      assignee: 'me',
      lines: [
        them('20d', 'your sunset, my phone', { files: [seaside('your-sunset.png', 0.02)] }),
        me('20d', 'We only rent it out. Thank you, this is beautiful.'),
      ],
    },
    {
      inbox: 'whatsapp',
      contact: 'lena',
      status: 'resolved',
      assignee: 'me',
      lines: [
        them('9d', 'Grüß Gott! Ich habe meinen Badeanzug in Zimmer 9 vergessen. Er ist sehr gelb.'),
        me('8d 22h', 'Wir haben ihn sofort gesehen. Er ist schon in der Post.'),
        them('6d', 'Angekommen, vielen herzlichen Dank! 💛'),
      ],
    },
    {
      inbox: 'mail',
      contact: 'noa',
      status: 'resolved',
      assignee: 'agnes',
      subject: 'קבלה',
      lines: [
        them('11d', 'שלום, אפשר לקבל קבלה על הלינה? תודה, נועה'),
        agent('agnes', '10d 22h', 'שלום נועה, הנה הקבלה. נשמח לראותך שוב!', {
          files: [pdf('receipt-3012.pdf', ['The Pelican Rooms', 'Receipt 3012', '', 'Two nights   184.00'])],
        }),
      ],
    },
    {
      inbox: 'sms',
      contact: 'bartek',
      status: 'resolved',
      assignee: 'ivo',
      lines: [
        agent('ivo', '30d', 'The Pelican Rooms: breakfast is ready, and so is the rain.'),
        them('30d', 'We stay in bed then'),
      ],
    },
  ]
}
