import { bicycle, seaside } from '../../media/pictures.ts'
import { agent, bot, me, note, them, told, type ThreadPlan } from '../plan.ts'
import { pdf } from './attachments.ts'

/** Answered, snoozed, pending and settled conversations of the shop, and two that I may not see. */
export const shopOthers: readonly ThreadPlan[] = [
  {
    inbox: 'web',
    contact: 'misaki',
    assignee: 'maya',
    lines: [
      them('4h 10m', 'こんにちは。来週、二人で自転車を借りたいのですが、英語のメールでも大丈夫ですか？'),
      agent('maya', '4h', 'こんにちは！もちろん大丈夫です。何曜日がよろしいですか？'),
      them('3h 40m', '水曜日と木曜日です。身長は158cmと174cmです。'),
      agent('maya', '3h 30m', 'かしこまりました。二台ご用意いたします。ヘルメットも付いています 😊'),
    ],
    then: ['ありがとうございます！楽しみにしています。'],
  },
  {
    inbox: 'whatsapp',
    contact: 'ayo',
    assignee: 'me',
    team: 'workshop',
    labels: ['repair'],
    lines: [
      them('6h', 'Morning! Is a full service still 79?'),
      me('5h 50m', 'Good morning Ayo! It is, and the chain is extra if it needs one.'),
      them('5h 45m', 'It will need one 😬'),
      me('5h 40m', 'Then reckon with about 105. Tomorrow at nine?', { status: 'read' }),
    ],
    then: ['Nine is good. See you!'],
  },
  {
    inbox: 'web',
    contact: 'rafael',
    assignee: 'me',
    lines: [
      them('1d 6h', 'Olá! Which pump fits both valves?'),
      me('1d 5h', 'Olá Rafael! Any of ours with the double head. The small steel one is the best for a bag.'),
      them('1d 5h', 'The steel one. Can you put it aside?'),
      me('1d 4h', 'It is behind the counter with your name on it.'),
    ],
    unread: 0,
  },
  {
    inbox: 'mail',
    contact: 'hettie',
    assignee: 'leila',
    labels: ['warranty'],
    subject: 'Paint bubbles on the top tube',
    lines: [
      them(
        '3d',
        'Hello,\n\nthe paint on my top tube bubbles after one winter. I keep it indoors. Is that normal?\n\nHettie Moss',
      ),
      agent(
        'leila',
        '2d 20h',
        'Dear Hettie,\n\nno, that is not normal, and it is covered. I have asked the maker for a new frame in your colour.\n\nLeila',
      ),
      note(
        'leila',
        '2d 19h',
        'Maker answers within five working days. [@Robin Sandoval](mention://user/11/Robin%20Sandoval) please do not promise a date.',
      ),
    ],
  },
  {
    inbox: 'instagram',
    contact: 'gia',
    assignee: 'me',
    lines: [
      them('1d 3h', 'made it to the coast and back on the wheels you built 🌊', {
        files: [seaside('coast.png', 0.06)],
      }),
      me('1d 2h', 'What a view! How did they hold up on the gravel?'),
      them('1d 2h', 'not a single wobble'),
      me('1d 1h', 'That makes our week. May we show your picture in the shop?'),
    ],
    then: ['of course! tag me 💛'],
  },
  {
    inbox: 'tracker',
    contact: 'kaarina',
    assignee: 'jonas',
    team: 'workshop',
    labels: ['repair'],
    lines: [
      them('7h', 'Repair 5519: may I add new grips?'),
      agent('jonas', '6h', 'Sure. Cork or rubber?'),
      them('5h 50m', 'Cork, please.'),
      agent('jonas', '5h 40m', 'Cork it is. 22 more, ready on Friday.'),
    ],
  },
  {
    inbox: 'sms',
    contact: 'olga',
    assignee: 'tobias',
    lines: [
      agent('tobias', '2h', 'Thistle & Chain: your bicycle is ready. We are open until 6.', {
        status: 'delivered',
      }),
      them('1h 55m', 'Ok my son comes at 5'),
      agent('tobias', '1h 50m', 'Perfect, we give him the key too.'),
    ],
  },
  {
    inbox: 'whatsapp',
    contact: 'kofi',
    status: 'snoozed',
    snoozedForHours: 18,
    assignee: 'me',
    labels: ['e-bike'],
    lines: [
      them('1d', 'When will the new batteries be in?'),
      me('23h', 'The lorry comes tomorrow morning. I will write as soon as I have unpacked yours.'),
      them('22h', 'Great, no rush'),
    ],
    unread: 0,
    then: ['Fantastic, I’ll come by after work.'],
  },
  {
    inbox: 'mail',
    contact: 'elin',
    status: 'snoozed',
    assignee: 'me',
    subject: 'Trailer for a very large dog',
    lines: [
      them('4d', 'Hi! Our dog weighs 46 kg and refuses to walk home. Which trailer would you trust?\n\nElin'),
      me(
        '3d 22h',
        'Hello Elin, the big one takes 60 kg. Could you measure him from nose to, well, the other end?',
      ),
    ],
    then: ['1 m 12 without the tail. He thought it was a game.'],
  },
  {
    inbox: 'web',
    contact: 'florian',
    status: 'snoozed',
    snoozedForHours: 74,
    assignee: 'maya',
    labels: ['delivery'],
    lines: [
      them('2d 6h', 'Can the order wait? We are away until the weekend.'),
      agent('maya', '2d 5h', 'Of course, we will send it on Monday.'),
    ],
  },
  {
    inbox: 'telegram',
    contact: 'pim',
    status: 'pending',
    lines: [
      them('1h 30m', 'opening hours'),
      bot('1h 30m', 'We are open Tuesday to Saturday, 9 to 6. Is there anything else?'),
      them('1h 29m', 'no thats it'),
    ],
    unread: 0,
  },
  {
    inbox: 'telegram',
    contact: 'bruno',
    status: 'pending',
    assignee: 'bot',
    lines: [
      them('26m', 'My lock is stuck and my bike is inside it so to speak'),
      bot('26m', 'Oh dear! Is the key lost, or does it not turn?'),
      them('24m', 'It does not turn. It used to.'),
    ],
    then: ['Oil helped!! I am free. Thank you, person.'],
  },
  {
    inbox: 'web',
    contact: 'clara',
    status: 'resolved',
    assignee: 'me',
    labels: ['repair'],
    lines: [
      them('2d 8h', 'Do you also true wheels while one waits?'),
      me('2d 7h', 'We do, before ten and after four. It takes about twenty minutes.'),
      them('2d 7h', 'Lovely, then I bring a book.'),
      me('2d 6h', 'And we make coffee.'),
      them('1d 4h', 'It runs like new. The coffee was good too ☕'),
    ],
  },
  {
    inbox: 'web',
    contact: 'rosa',
    status: 'resolved',
    assignee: 'maya',
    lines: [
      them('3d 4h', 'Is the red city bike still there?'),
      agent('maya', '3d 3h', 'It is, one left in your size.', { files: [bicycle('red-city.png', 0.0)] }),
      them('3d 2h', 'Then please keep it, I am on the bus already!'),
      agent('maya', '3d 2h', 'It is yours.'),
      agent('maya', '2d 22h', 'How did we do?', {
        isTemplate: true,
        contentType: 'input_csat',
        contentAttributes: {
          submitted_values: { csat_survey_response: { rating: 5, feedback_message: 'Kind and quick!' } },
        },
      }),
    ],
  },
  {
    inbox: 'whatsapp',
    contact: 'hugo',
    status: 'resolved',
    assignee: 'me',
    labels: ['invoice'],
    lines: [
      them('5d', 'Bonjour, pourriez-vous m’envoyer la facture avec l’adresse de mon entreprise ?'),
      me('4d 22h', 'Bonjour Hugo, bien sûr. La voici.', {
        files: [pdf('facture-2198.pdf', ['Thistle & Chain Cycles', 'Facture 2198', '', 'Total   64.00'])],
      }),
      them('4d 21h', 'Parfait, merci beaucoup !'),
    ],
  },
  {
    inbox: 'mail',
    contact: 'ida',
    status: 'resolved',
    assignee: 'leila',
    subject: 'Thank you',
    lines: [
      them('6d', 'You found my glove. I did not even know that I had lost it. Thank you.\n\nIda'),
      agent(
        'leila',
        '5d 22h',
        'Dear Ida, it sat on the counter and looked sad. We are glad that it has a home again.',
      ),
    ],
  },
  {
    inbox: 'sms',
    contact: 'jamal',
    status: 'resolved',
    assignee: 'me',
    lines: [
      me('3d', 'Thistle & Chain: your bicycle is ready. We are open until 6.'),
      them('2d 23h', 'Picked it up, brakes are like teeth now. Cheers'),
    ],
  },
  {
    inbox: 'whatsapp',
    contact: 'liam',
    status: 'resolved',
    assignee: 'tobias',
    labels: ['e-bike'],
    lines: [
      them('7d', 'Battery shows 100 % and dies at 60. Is that winter?'),
      agent('tobias', '6d 23h', 'Partly. Bring it in warm, we measure it for nothing.'),
      them('6d 2h', 'Measured: 81 % of new. I can live with that.'),
      agent('tobias', '6d 1h', 'So can the battery. See you in spring!'),
    ],
  },
  {
    inbox: 'web',
    contact: 'mei',
    status: 'resolved',
    assignee: 'me',
    lines: [
      them('8d', '请问可以分期付款吗？'),
      me('7d 23h', '可以的，三个月或六个月，不收利息。'),
      them('7d 22h', '好的，谢谢你！'),
    ],
  },
  {
    inbox: 'web',
    contact: 'nils',
    status: 'resolved',
    assignee: 'me',
    lines: [
      them('10d', 'Do you take old inner tubes?'),
      me('9d 23h', 'Gladly, a neighbour makes belts of them.'),
      them('9d 22h', 'Then expect a bag of forty.'),
      told('9d 2h', 'Conversation was marked resolved by system due to 1 day of inactivity'),
    ],
  },
  {
    inbox: 'instagram',
    contact: 'noor',
    status: 'resolved',
    assignee: 'maya',
    lines: [
      them('12d', 'do u have stickers'),
      agent('maya', '12d', 'We have a whole drawer. Come and pick three.'),
      them('12d', '🥹'),
    ],
  },
  {
    inbox: 'mail',
    contact: 'spam',
    status: 'resolved',
    subject: 'W4TCHES up to 90 % off',
    lines: [them('4d 6h', 'Dear friend, you have been chosen. Reply now.')],
  },
  {
    inbox: 'tracker',
    contact: 'quentin',
    status: 'resolved',
    assignee: 'jonas',
    labels: ['repair', 'invoice'],
    lines: [
      them('15d', 'Repair 5480: please call before you do anything that costs more than 100.'),
      agent('jonas', '15d', 'We will. So far it is 74.'),
      them('14d', 'Go ahead.'),
    ],
  },
  {
    inbox: 'whatsapp',
    contact: 'marlon',
    status: 'resolved',
    assignee: 'maya',
    lines: [
      them('40d', 'Hello, do you sell gift cards?'),
      agent('maya', '40d', 'We do, from 20 on. They come in an envelope that smells of rubber.'),
      them('40d', 'Even better. Two please.'),
    ],
  },
  {
    inbox: 'wholesale',
    contact: 'dealer',
    assignee: 'leila',
    subject: 'Conditions for next season',
    lines: [
      them('1d 8h', 'Dear Leila,\n\ncould we talk about next season’s conditions this week?\n\nAnneke'),
      agent('leila', '1d 6h', 'Dear Anneke, Thursday at ten? I will call you.'),
    ],
  },
  {
    inbox: 'wholesale',
    contact: 'dealer',
    subject: 'Return of twenty saddles',
    lines: [them('9h', 'Twenty saddles arrived in the wrong brown. May I send them back?')],
  },
]
