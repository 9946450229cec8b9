import { fileUrl } from './files.ts'
import { by, failing, picture, them, type ContactPlan, type SpacePlan } from './plan.ts'

const waiting: readonly ContactPlan[] = [
  {
    name: 'Mariana Solís',
    phone: '+15550110',
    language: 'es',
    countryCode: 'MX',
    channel: 'whatsapp',
    hasPortrait: true,
    assignee: 'robin',
    tags: ['monstera', 'first aid'],
    lifecycle: 'Customer',
    lines: [
      them('52m', 'Hola! My monstera gets yellow leaves, one more every day 😢'),
      by('workflow', '52m', 'Thank you for writing to Ferry Lane Plants 🌿 A plant person is with you soon.'),
      by('robin', '44m', 'Oh no! How often do you water it, and does the pot have a hole?'),
      them('40m', 'Every second day, and… a hole? 🙈'),
      them('4m', picture(fileUrl('droopy-monstera.png'))),
      them('3m', 'I found no hole. Is it drowning?'),
    ],
    then: [
      'Ok! I put it into a new pot with soil that drains. It already looks relieved. Or is that me?',
      'You are a plant doctor. Gracias 💚',
    ],
    meanwhile: ['There is water coming out at the TOP now', 'I put it on a towel'],
  },
  {
    name: '王思远',
    phone: '+15550111',
    language: 'zh',
    countryCode: 'SG',
    channel: 'whatsapp',
    lines: [
      them('12m', '你好，我昨天买的龟背竹什么时候送到？'),
      them('11m', '订单号 7731，明天我不在家，可以改到星期六吗？🙏'),
    ],
    then: ['太好了，谢谢！星期六上午我都在。'],
    meanwhile: ['或者放在门口的箱子里也可以。'],
  },
  {
    name: 'نور الهاشمي',
    email: 'noor@example.com',
    language: 'ar',
    channel: 'instagram',
    hasPortrait: true,
    tags: ['gift'],
    lifecycle: 'New Lead',
    lines: [
      them('26m', 'مرحباً! أبحث عن هدية لأمي، هي تحب النباتات التي لا تحتاج إلى ماء كثير 🌵'),
      them('25m', 'هل يمكنكم كتابة بطاقة معها؟'),
    ],
    then: ['رائع! اكتبوا: «إلى أجمل حديقة في حياتي». شكراً!'],
  },
  {
    name: 'Tobias Marsh',
    email: 'tobias@example.org',
    channel: 'mail',
    assignee: 'robin',
    tags: ['invoice'],
    lines: [
      them('3h', {
        type: 'email',
        subject: 'Invoice 2231: forty ferns, and a question of principle',
        text: [
          'Dear people of Ferry Lane,',
          'thank you for the forty ferns. They arrived on Tuesday, upright and in good spirits, and have since been distributed over two floors, a stairwell and, against my advice, the server room.',
          'Your invoice, however, lists forty-one. We have counted twice, once with the intern and once without. Either a fern has gone its own way, or somebody pressed a key too often.',
          'Could you look into it before the end of the month? Our bookkeeper sleeps badly otherwise, and when she sleeps badly, nobody gets their expenses back.',
          'With kind regards\nTobias Marsh\nFacilities, Hollow Oak Press',
        ].join('\n\n'),
      }),
      by('leila', '2h 40m', 'Thank you! Robin looks after our invoices and will count with you.'),
      them('35m', {
        type: 'email',
        subject: 'Re: Invoice 2231',
        text: 'Forty-one would also be fine, if you send us another fern.\n\nT. M.',
      }),
      them('34m', {
        type: 'attachment',
        attachment: { type: 'file', url: fileUrl('paper-invoice-2231.pdf'), fileName: 'invoice-2231.pdf' },
      }),
    ],
    then: ['Splendid. The bookkeeper sends her regards, and so does the intern.'],
  },
  {
    name: 'अनन्या राव',
    phone: '+15550112',
    language: 'hi',
    channel: 'whatsapp',
    hasPortrait: true,
    assignee: 'leila',
    lifecycle: 'Regular',
    lines: [
      them('1h 20m', 'नमस्ते! क्या तुलसी का पौधा अभी उपलब्ध है?'),
      by('leila', '1h 10m', 'Hello Ananya! Yes, three are left. Shall I keep one for you?'),
      them('1h 2m', 'हाँ कृपया 🙏 मैं शाम को आऊँगी।'),
      by('leila', '1h', 'It waits at the counter with your name on it.'),
    ],
  },
  {
    name: 'Kofi Mensah-Brandt',
    channel: 'instagram',
    lines: [
      them('9m', picture(fileUrl('plant-kofi.png'))),
      them('8m', 'is this a weed or did you sell me this 😂'),
    ],
    then: ['so it WAS you. ok we are family now', 'what does it eat'],
    meanwhile: ['it grew while i was typing', 'it has a name now. Gerald'],
  },
  {
    name: 'Ελένη Παππά',
    email: 'eleni@example.net',
    language: 'el',
    channel: 'mail',
    lines: [
      them('1d 4h', {
        type: 'email',
        subject: 'Παραγγελία για τον κήπο της γιαγιάς',
        text: 'Καλησπέρα,\n\nθα ήθελα δέκα λεβάντες και δύο ελιές σε γλάστρα. Στέλνετε και σε νησιά;\n\nΕυχαριστώ πολύ,\nΕλένη',
      }),
    ],
    then: ['Τέλεια! Η γιαγιά θα φτιάξει καφέ για τον οδηγό.'],
  },
  {
    name: 'Дарья Лунина',
    language: 'ru',
    channel: 'telegram',
    tags: ['wholesale'],
    lines: [
      them(
        '18m',
        'Здравствуйте! Нам нужно тридцать небольших кактусов на свадьбу, по одному каждому гостю 🌵',
      ),
      by(
        'ai_agent',
        '18m',
        'What a lovely idea! For thirty and more there is a wholesale price. A person will tell you the details.',
      ),
      them('15m', 'Спасибо. И чтобы не очень кололись, среди гостей дети.'),
    ],
    then: ['Отлично, берём! Жених уже укололся фотографией.'],
  },
  {
    name: '田中 葵',
    language: 'ja',
    channel: 'line',
    assignee: 'robin',
    lines: [
      them('2h 5m', 'こんにちは。先週買った苔玉が乾いてしまいました。'),
      by(
        'robin',
        '1h 58m',
        'Hello Aoi! Put it into a bowl of water for ten minutes, then let it drip off. Does it turn green again?',
      ),
      them('6m', '緑に戻りました！ありがとうございます🌱'),
      them('5m', 'どのくらいの頻度で水をあげればいいですか？'),
    ],
    then: ['わかりました、週に二回ですね。助かりました！'],
  },
  {
    name: 'Siobhán Ní Fhloinn',
    phone: '+15550113',
    channel: 'whatsapp',
    assignee: 'robin',
    tags: ['delivery'],
    lines: [
      by('broadcast', '5d', 'The olive trees are back from their winter quarters 🫒'),
      them('2d 3h', 'Could you let me know when the big ones are in? Two metres at least'),
      by('robin', '2d 2h', 'Of course! I expect them this week.'),
      failing(
        by('robin', '1h 30m', 'They are in!'),
        'More than 24 hours have passed since the customer wrote.',
      ),
    ],
    then: ['Brilliant, I’ll take two. One for me and one for the view.'],
  },
  {
    name: 'plant.mama.jo',
    channel: 'tiktok',
    lines: [
      them('14m', 'saw your repotting video 9 times. which soil is that???'),
      them('13m', { type: 'video_reply', text: 'and the song??', videoId: 'v-88' }),
    ],
    then: ['the SOIL. ok. thank you. my life has structure now'],
    meanwhile: ['10 times'],
  },
  {
    name: 'ปวีณา ศรีสุข',
    language: 'th',
    channel: 'line',
    lines: [
      them('47m', 'สวัสดีค่ะ ต้นยางอินเดียใบร่วง ควรทำอย่างไรดีคะ 🥲'),
      them('46m', { type: 'attachment', attachment: { type: 'audio', url: fileUrl('voice-paweena.wav') } }),
    ],
    then: ['ขอบคุณมากค่ะ จะย้ายไปใกล้หน้าต่างนะคะ'],
  },
  {
    name: 'יונתן ברק',
    email: 'yonatan@example.com',
    language: 'he',
    channel: 'facebook',
    assignee: 'kwame',
    lines: [
      them('3h 30m', 'שלום, אפשר להחליף עציץ שנשבר בדרך?'),
      by('kwame', '3h 10m', 'So sorry! Of course. A photo is enough, a new one leaves tomorrow.'),
      them('2h 50m', 'תודה! שולח עכשיו.'),
      them('2h 49m', picture(fileUrl('droopy-broken.png'))),
    ],
  },
  { name: '', phone: '+15550114', channel: 'whatsapp', lines: [them('33m', 'Open Sunday?')], then: ['ok'] },
]

const settled: readonly ContactPlan[] = [
  {
    name: 'Hedda Østby',
    phone: '+15550115',
    channel: 'whatsapp',
    status: 'closed',
    assignee: 'robin',
    tags: ['delivery'],
    lifecycle: 'Regular',
    lines: [
      them('3d 2h', 'The palm is here and does not fit through the door'),
      by('robin', '3d 1h', 'Fold the leaves upwards with a scarf!'),
      them('3d', 'It is IN. The scarf stays on, it suits her 🧣'),
    ],
  },
  {
    name: 'Rashad Quillon',
    email: 'rashad@example.org',
    channel: 'mail',
    status: 'closed',
    assignee: 'leila',
    lines: [
      them('6d', { type: 'email', subject: 'Gift card', text: 'Can one pay for seeds with it?' }),
      by('leila', '5d 20h', { type: 'email', subject: 'Re: Gift card', text: 'Yes, seeds too!' }),
    ],
  },
  {
    name: 'Cheap Followers',
    channel: 'instagram',
    isBlocked: true,
    lines: [them('4d', '10.000 followers for your plants!!!')],
  },
]

/** A nursery on a busy morning: fourteen who wait or talk, a few who are settled, and strangers on their way. */
export const demoSpace: SpacePlan = {
  users: {
    robin: { name: 'Robin Sandoval', email: 'robin@example.com', team: { id: 21, name: 'Counter' } },
    leila: { name: 'Leila Haddad', email: 'leila@example.com', team: { id: 21, name: 'Counter' } },
    kwame: {
      name: 'Kwame Asante-Holm',
      email: 'kwame@example.com',
      team: { id: 22, name: 'Deliveries' },
      restrictions: ['show_team_contacts'],
    },
    astrid: { name: 'Astrid Nyberg', email: 'astrid@example.com', role: 'owner' },
    pim: {
      name: 'Pim Verhoeven',
      email: 'pim@example.com',
      restrictions: ['show_only_mine', 'restrict_data_export'],
    },
  },
  channels: {
    whatsapp: {
      name: 'Ferry Lane WhatsApp',
      source: 'whatsapp_cloud',
      templates: [
        {
          name: 'plants_arrived',
          languageCode: 'en',
          components: [
            { type: 'header', format: 'TEXT', text: 'Good news from Ferry Lane' },
            {
              type: 'body',
              text: 'Hello {{1}}, the {{2}} you asked for has arrived. Shall we keep it for you?',
            },
            {
              type: 'buttons',
              buttons: [
                { type: 'quick_reply', text: 'Yes please' },
                { type: 'quick_reply', text: 'No, thank you' },
              ],
            },
          ],
        },
        {
          name: 'delivery_tomorrow',
          languageCode: 'es',
          components: [{ type: 'body', text: 'Hola {{1}}, mañana llegamos con sus plantas.' }],
        },
        {
          name: 'spring_sale',
          languageCode: 'en',
          category: 'MARKETING',
          status: 'rejected',
          components: [{ type: 'body', text: 'Everything green!' }],
        },
      ],
    },
    instagram: { name: 'ferry.lane.plants', source: 'instagram' },
    mail: { name: 'hello@example.com', source: 'gmail' },
    telegram: { name: 'Ferry Lane Bot', source: 'telegram' },
    line: { name: 'Ferry Lane LINE', source: 'line' },
    facebook: { name: 'Ferry Lane Plants', source: 'facebook' },
    tiktok: { name: 'Ferry Lane on TikTok', source: 'tiktok_business' },
  },
  closingNotes: [
    { category: 'Plant advice', description: 'We told somebody how it lives on' },
    { category: 'Delivery' },
    { category: 'Invoice', description: 'Numbers that did not agree' },
    { category: 'Spam', description: 'Nobody wanted anything' },
  ],
  stages: ['New Lead', 'Customer', 'Regular'],
  contacts: [...settled, ...waiting],
  newcomers: [
    {
      name: 'Wren Abernathy',
      phone: '+15550116',
      channel: 'whatsapp',
      lines: [them('0s', 'Hi, is a cat allowed to eat a spider plant? Asking AFTER the fact.')],
      then: ['The cat says thank you. He did not even look guilty.'],
    },
    {
      name: 'Lucía Ferreyra',
      channel: 'instagram',
      hasPortrait: true,
      lines: [them('0s', 'do you deliver to the boats in the harbour? mine is the green one 💚')],
      then: ['yes!! just throw it, i catch well'],
    },
    {
      name: 'Bartholomew Finch',
      email: 'barty@example.net',
      channel: 'mail',
      lines: [
        them('0s', {
          type: 'email',
          subject: 'A hedge',
          text: 'Good day,\n\nI would like a hedge between me and my neighbour. As tall as you have.\n\nB. Finch',
        }),
      ],
      then: ['Taller, if possible.'],
    },
    {
      name: '김하늘',
      channel: 'line',
      language: 'ko',
      lines: [them('0s', '안녕하세요! 선인장도 물을 줘야 하나요? 🌵')],
      then: ['아, 한 달에 한 번이면 되는군요. 감사합니다!'],
    },
  ],
}
