import { bentSpoke, dentedParcel } from '../../media/pictures.ts'
import { agent, bot, me, note, them, type ThreadPlan } from '../plan.ts'
import { pdf, textFile, voiceNote } from './attachments.ts'
import { fleetLetter, hostileLetter, invoiceLetter, newsletterLetter } from './letters.ts'
import { tandemThread } from './shop-tandem.ts'

/** Customers of the shop who wait for an answer right now: what a newcomer sees first. */
export const shopWaiting: readonly ThreadPlan[] = [
  {
    inbox: 'web',
    contact: 'priya',
    assignee: 'me',
    labels: ['e-bike', 'warranty'],
    priority: 'high',
    lines: [
      them('1h 10m', 'Hi! My motor switches off uphill. It says E-07 and then nothing.'),
      me(
        '1h 4m',
        'Hello Priya, sorry to hear that! Does it come back when you switch the display off and on?',
      ),
      them('58m', 'Yes, for about five minutes.'),
      note(
        'tobias',
        '50m',
        'E-07 is the speed sensor. Nine times out of ten the magnet on the spoke has slipped.',
      ),
      me(
        '44m',
        'Could you look whether the little magnet on the rear wheel sits opposite the sensor? A gap of a matchstick is right.',
      ),
      them('3m', 'Found it! It had turned round to the other side 🤦🏽‍♀️'),
      them('2m', 'How tight should I screw it? I don’t want to break the spoke.'),
    ],
    then: [
      'Hand tight and a bit, okay. One moment, I’ll ride to the corner.',
      'It works!!! All the way up Mill Lane 🎉 Thank you so much.',
      'You just saved my way to work. I’ll bring biscuits.',
    ],
    meanwhile: ['I have a small screwdriver here, should that do?', 'Still here, no hurry 🙂'],
  },
  {
    inbox: 'whatsapp',
    contact: 'marlon',
    assignee: 'me',
    team: 'workshop',
    labels: ['repair', 'vip'],
    lines: tandemThread(),
    then: [
      'Perfect, see you at noon then!',
      'Pippa asks whether Tobias is allergic to nuts',
      'We are on our way 🚐',
    ],
    meanwhile: ['The cakes are in the van. There is no way back now.'],
  },
  {
    inbox: 'instagram',
    contact: 'noor',
    labels: ['repair'],
    lines: [
      them('11m', 'hiii is this bad', { files: [bentSpoke('is-this-bad.png')] }),
      them('9m', 'it makes a pling every time it comes round'),
    ],
    then: [
      'ok i will not ride it 😭 can i push it over to you today?',
      'on my way, 20 min by foot',
      'thank youuu 💛',
    ],
    meanwhile: ['pling', 'sorry. it is so loud in the quiet streets'],
  },
  {
    inbox: 'web',
    contact: 'amal',
    lines: [
      them('7m', 'السلام عليكم، ابنتي عمرها ست سنوات وطولها ١١٥ سم. أي مقاس يناسبها؟'),
      them('6m', 'تحب اللون الأزرق 💙 وهل عندكم دراجة مع عجلات مساعدة؟'),
    ],
    then: ['شكراً جزيلاً! هل يمكننا أن نأتي يوم السبت لتجربها؟', 'ممتاز، إلى اللقاء يوم السبت إن شاء الله.'],
  },
  {
    inbox: 'telegram',
    contact: 'yoav',
    status: 'open',
    assignee: 'me',
    labels: ['repair'],
    lines: [
      them('2h', 'שלום, יש לכם רפידות לבלם דיסק Hydra-4?'),
      me('1h 40m', 'שלום יואב! יש לנו, 18 לזוג. לשמור לך?'),
      them('48m', 'כן בבקשה, שני זוגות. אני בא אחרי 17:00'),
    ],
    then: ['מעולה, תודה!', 'אגב, אתם פתוחים גם ביום שישי?'],
  },
  {
    inbox: 'whatsapp',
    contact: 'xiaowen',
    labels: ['delivery'],
    lines: [
      them('1h 24m', '你好，我在网站上看到那辆折叠自行车，还有绿色的吗？'),
      them('1h 20m', '可以寄到 Fernhill 吗？运费多少？'),
    ],
    then: ['太好了，那我要一辆绿色的。', '已经付款了，谢谢！😊'],
    meanwhile: ['如果没有绿色，蓝色也可以。'],
  },
  {
    inbox: 'mail',
    contact: 'henrik',
    assignee: 'me',
    labels: ['invoice'],
    subject: 'Question about invoice 2214',
    lines: [
      agent('maya', '6d', 'Dear Henrik, your bicycle is ready. The invoice is attached. See you soon!', {
        files: [
          pdf('invoice-2214.pdf', [
            'Thistle & Chain Cycles',
            'Invoice 2214',
            '',
            'True rear wheel   24.00',
            'Bleed brakes (front)   48.00',
            'Bleed brakes (rear)   48.00',
            '',
            'Total   120.00',
          ]),
        ],
      }),
      them('3h', invoiceLetter().plain, { email: invoiceLetter() }),
    ],
    then: ['Front and rear, of course. That settles it. Thank you for explaining!\n\nHenrik'],
  },
  {
    inbox: 'web',
    contact: 'dmitri',
    assignee: 'maya',
    labels: ['delivery'],
    priority: 'urgent',
    lines: [
      them('2d 5h', 'Order 88-1042. Was promised for Monday.'),
      agent('maya', '2d 4h', 'Hello Dmitri, the carrier had it on the wrong van. It is out again today.'),
      them('1d 2h', 'It did not come.'),
      agent('maya', '1d', 'I am sorry. I have called them and will write as soon as I know more.'),
      them('34m', 'It came.'),
      them('31m', 'Look at it.', { files: [dentedParcel('look-at-it.png')] }),
      them('25m', 'This is a birthday present. For TOMORROW.'),
    ],
    then: [
      'Fine. If the new one is here by six, I will say nothing more.',
      'All right. You are better on the phone than your carrier is on the road.',
    ],
    meanwhile: ['Is anybody there?', 'I can hear something rattle in it.'],
  },
  {
    inbox: 'web',
    contact: 'tessa',
    lines: [
      them('22m', 'hello'),
      them('22m', 'i have a question'),
      them('21m', 'about bells'),
      them('21m', 'do you have loud ones'),
      them('20m', 'not like an alarm'),
      them('20m', 'more like a cow'),
      them('19m', 'a polite cow'),
      them('18m', 'my path is full of geese'),
      them('18m', 'they do not hear the small bell'),
      them('17m', 'or they do and do not care'),
      them('16m', 'also is there one in yellow'),
      them('15m', 'or orange'),
      them('15m', 'i am not picky'),
      them('13m', 'just please loud'),
    ],
    then: [
      'yes!! the big brass one',
      'can i try it in the shop or is that too loud',
      'the geese will never know what hit them',
    ],
    meanwhile: ['a goose just looked at me'],
  },
  {
    inbox: 'sms',
    contact: 'gus',
    assignee: 'me',
    lines: [
      me('1d 3h', 'Thistle & Chain: we have started on your bicycle. We text again when it is ready.'),
      them('14m', 'Ready yet? Parked round the corner, meter runs til 3'),
    ],
    then: ['Great, coming in', 'Thx'],
    meanwhile: ['Meter man is looking at me'],
  },
  {
    inbox: 'whatsapp',
    contact: 'bea',
    labels: ['repair'],
    lines: [
      them('35m', 'Easier to let you hear it', {
        files: [voiceNote('squeak.wav', [180, 220, 180, 262, 220, 180, 150])],
      }),
      them('33m', 'It does that only when I brake. And only when it rains. And only on the left.'),
    ],
    then: ['That sounds plausible. Tuesday morning?', 'Tuesday it is, thanks!'],
  },
  {
    inbox: 'whatsapp',
    contact: 'wen',
    priority: 'high',
    lines: [
      them('19m', 'Flat tyre, no pump, and my phone has 9 %. I am here:', {
        location: { latitude: 54.0, longitude: -2.5, title: 'Old canal bridge, towpath' },
      }),
      them('18m', 'Do you do rescues? I can pay in gratitude and cash'),
    ],
    then: ['You are an angel. I’ll wait on the bench.', 'I can see somebody with a toolbox! 🙏'],
    meanwhile: ['7 % now. There is a heron, so I am not alone.'],
  },
  {
    inbox: 'mail',
    contact: 'margit',
    team: 'sales',
    labels: ['vip'],
    subject: 'Twelve bicycles for our library',
    lines: [
      them('5h', fleetLetter().plain, {
        email: fleetLetter(),
        files: [
          textFile(
            'bicycles.csv',
            'count,kind,notes\n8,city,low step\n2,cargo,rain cover\n2,tricycle,bell please\n',
          ),
          pdf('floor-plan.pdf', [
            'Riverside Library',
            'Bicycle room, ground floor',
            '6.2 m x 4.1 m, one socket',
          ]),
        ],
      }),
      note('leila', '4h', 'Nice one. Maya, could you do the cargo part? I do the rest tonight.'),
    ],
    then: ['Wonderful, we look forward to your offer.\n\nMargit Halloran'],
  },
  {
    inbox: 'mail',
    contact: 'long',
    subject: 'Concerning the re-enamelling of a pre-owned lady’s bicycle of considerable sentimental value',
    lines: [
      them(
        '2d',
        'Dear Sir or Madam,\n\nI write concerning a bicycle which has been in our family since the days of my great-aunt, and whose enamel has suffered from three generations of gravel, two of careless nephews and one very determined goat.\n\nWould you undertake to restore it without making it look new? It must not look new. It should look as though it had been loved all the time, which it has, though not by the goat.\n\nI remain, with kind regards,\nMaximiliane-Friederike Charlotte von Oberhohenwinter-Sommergarten',
      ),
    ],
    then: ['I am most obliged. My chauffeur is a bus, so I shall bring it on a Sunday if you permit.'],
  },
  {
    inbox: 'mail',
    contact: 'parcel',
    subject: 'Your parcel could not be delivered!!',
    lines: [them('5h 20m', hostileLetter().plain, { email: hostileLetter() })],
  },
  {
    inbox: 'mail',
    contact: 'offers',
    subject: 'Spring tyres are in: 15 % for workshops',
    priority: 'low',
    lines: [them('8h', newsletterLetter().plain, { email: newsletterLetter() })],
  },
  {
    inbox: 'tracker',
    contact: 'order',
    assignee: 'me',
    labels: ['delivery'],
    lines: [
      them(
        '3h 10m',
        'The tracking page only shows this:\n\nERR_CONSIGNMENT_STATE_UNRESOLVED_0x9F3C77A1B2D4E6F8091A2B3C4D5E6F708192A3B4C5D6E7F8091A2B3C4D5E6F70819',
      ),
      them(
        '3h 8m',
        'The link is https://tracking.example.com/parcels/9f3c77a1-b2d4-4e6f-8091-a2b3c4d5e6f7?lang=en&view=full&source=repair-tracker&session=4d5e6f708192a3b4c5d6e7f8091a2b3c',
      ),
    ],
    then: ['Now it says “at the depot”. Much better. Thanks!'],
  },
  {
    inbox: 'whatsapp',
    contact: 'ulrike',
    assignee: 'me',
    labels: ['warranty'],
    lines: [
      them('2d 4h', 'My rack broke at the weld. Is that covered?'),
      me(
        '2d 3h',
        'Hello Ulrike, it should be. Could you send us a picture of the weld and the number under the frame?',
      ),
      them('2d 1h', 'The number is TC-20418. Picture follows tonight.'),
      me('3h 30m', 'Hello Ulrike, did the picture work out? The maker would replace it this week.', {
        status: 'failed',
        externalError: 'Template not found or invalid template name',
      }),
    ],
  },
  {
    inbox: 'instagram',
    contact: 'pablo',
    lines: [
      them('52m', 'this message was a mistake', { isDeleted: true }),
      them('50m', 'sorry, wrong chat 😅'),
      them(
        '49m',
        'but since I am here: do you sell gloves with lights? #safety https://www.example.com/gloves',
      ),
    ],
    then: ['jajaja perfect, I take the M', 'gracias!! 🧤'],
  },
  {
    inbox: 'telegram',
    contact: 'signe',
    status: 'pending',
    lines: [
      them('4m', 'Hej! Can I rent a cargo bike for Saturday?'),
      bot('4m', 'Hello! I am Pedal, the shop’s little helper. Which size do you need?', {
        contentType: 'input_select',
        contentAttributes: {
          items: [
            { title: 'Two wheels, one child', value: 'two-one' },
            { title: 'Three wheels, three children', value: 'three-three' },
            { title: 'Let me talk to a person', value: 'person' },
          ],
        },
      }),
      them('3m', 'Let me talk to a person'),
    ],
    then: ['Super, I’ll take the three-wheeler from 9 to 18.', 'Tack!'],
  },
]
