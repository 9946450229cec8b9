import { agent, me, note, them, type ThreadPlan } from '../plan.ts'
import { quoteLetter } from './letters.ts'

/** Conversations of the shop in the states one meets less often: rated, refused by the channel, muted, among many. */
export const shopSpecial: readonly ThreadPlan[] = [
  {
    inbox: 'whatsapp',
    contact: 'vesna',
    assignee: 'me',
    labels: ['repair'],
    lines: [
      them('1d 9h', 'Good evening! Is my saddle bag still at your counter?'),
      me('1d 8h', 'Good evening Vesna, it is. Shall we send it, or do you come by?'),
      them('1d 7h', 'I come by on Thursday'),
      me('2h 20m', 'We found your second glove, too. Both are waiting for you.', {
        status: 'failed',
        externalError: 'Template not found or invalid template name',
      }),
    ],
    unread: 0,
    then: ['How lovely! I was sure it fell into the river.'],
  },
  {
    inbox: 'web',
    contact: 'tilda',
    status: 'resolved',
    assignee: 'me',
    labels: ['delivery'],
    lines: [
      them('1d 22h', 'My parcel has been "nearly there" for nine days.'),
      me('1d 20h', 'That is far too long, Tilda. I have sent a second one by courier, it comes tomorrow.'),
      them('1d 19h', 'Thank you. The first one may keep travelling.'),
      agent('maya', '1d 18h', 'Please rate the conversation', {
        isTemplate: true,
        contentType: 'input_csat',
        contentAttributes: {
          display_type: 'emoji',
          submitted_values: {
            csat_survey_response: { rating: 2, feedback_message: 'Nice people, lost parcel.' },
          },
        },
      }),
    ],
  },
  {
    inbox: 'mail',
    contact: 'osman',
    assignee: 'me',
    participants: ['maya'],
    labels: ['invoice'],
    subject: 'Quote for eight cargo bicycles',
    lines: [
      them('1d 1h', 'Good morning, could you quote eight cargo bicycles for our bakery?', {
        email: quoteLetter(),
      }),
      note(
        'maya',
        '1d',
        '[@Robin Sandoval](mention://user/11/Robin%20Sandoval) this is the bakery from the market square. [@workshop](mention://team/11/workshop) could we build eight until May?',
      ),
      note('tobias', '22h', 'Eight until May is fine if the boxes come painted.'),
      me(
        '21h',
        'Dear Osman,\n\neight until May we can do. The quote comes with the boxes painted in your blue; your colleagues are in copy.\n\nRobin',
        {
          contentAttributes: {
            cc_emails: ['orders@bakery.example.org', 'accounts@bakery.example.org'],
            bcc_emails: ['leila@example.com'],
            to_emails: [],
          },
        },
      ),
      them('6h', 'Dear Robin, that is splendid. One question: is the paint safe for bread?'),
    ],
    then: ['Then please go ahead. The whole bakery is looking forward to them.'],
  },
  {
    inbox: 'web',
    contact: 'freya',
    status: 'snoozed',
    snoozedForHours: 16,
    assignee: 'me',
    team: 'workshop',
    labels: ['repair'],
    priority: 'medium',
    lines: [
      them('5h 30m', 'Could you ask the maker whether my fork was recalled?'),
      me('5h', 'I have written to them. They answer in the mornings, so I will know tomorrow.'),
      them('4h 50m', 'Tomorrow is fine, I walk today.'),
    ],
    unread: 0,
    then: ['Oh dear. Then I bring it in.'],
  },
  {
    inbox: 'web',
    contact: 'cyrus',
    assignee: 'me',
    isMuted: true,
    lines: [
      them('3d 7h', 'BUY MY COURSE: RIDE WITHOUT HANDS AND WITHOUT EFFORT'),
      me('3d 6h', 'Thank you, we like ours with both.'),
      them('3d 6h', 'BUY MY COURSE: RIDE WITHOUT HANDS AND WITHOUT EFFORT'),
      them('3d 5h', 'BUY MY COURSE: RIDE WITHOUT HANDS AND WITHOUT EFFORT'),
    ],
  },
]
