import type { ConversationRow, MessageRow, StrandedAction } from '../../src/shared/contract/contract.ts'

/** One thread; the first conversation's holds every kind of message and every state of delivery. */
export interface CannedThread {
  messages: MessageRow[]
  older: MessageRow[]
  stranded: StrandedAction[]
}

const minute = 60_000
const day = 24 * 60 * minute

export function cannedThread(of: ConversationRow, nowAt: number): CannedThread {
  const write = writer(of)
  if (of.inbox.channel === 'email') return { messages: mails(write, nowAt), older: [], stranded: [] }
  if (of.id.endsWith(':1'))
    return { messages: fullThread(write, nowAt), older: longAgo(write, nowAt), stranded: [] }
  if (of.id.endsWith(':6')) return { messages: unsure(of, write, nowAt), older: [], stranded: [] }
  if (of.id.endsWith(':7')) return refused(of, write, nowAt)
  if (of.id.endsWith(':8')) return { messages: everyKind(of, write, nowAt), older: [], stranded: [] }
  const text = of.preview?.text ?? ''
  return {
    messages: [write('them', text === '' ? 'Halo 👋' : text, nowAt - 40 * minute)],
    older: [],
    stranded: [],
  }
}

type Write = (side: MessageRow['side'], text: string, at: number, given?: Partial<MessageRow>) => MessageRow

function writer(of: ConversationRow): Write {
  const authors: Record<MessageRow['side'], string | null> = {
    me: 'Ari Lestari',
    colleague: 'Budi Santoso',
    bot: 'Helper',
    them: of.who.name,
    system: null,
  }
  return (side, text, at, given = {}) => {
    const name = authors[side]
    return {
      id: `${of.id}/${at}`,
      conversationId: of.id,
      side,
      author: name === null ? null : { name, avatar: side === 'them' ? of.who.avatar : null },
      kind: side === 'system' ? 'activity' : 'text',
      text,
      html: null,
      subject: null,
      sentAt: at,
      sequence: at,
      delivery: { kind: 'none' },
      attachments: [],
      replyTo: null,
      isDeleted: false,
      mail: null,
      rating: null,
      outboxId: null,
      ...given,
    }
  }
}

function fullThread(write: Write, nowAt: number): MessageRow[] {
  const y = nowAt - day - 90 * minute
  const t = nowAt - 150 * minute
  const photo = {
    kind: 'image' as const,
    name: 'torn-zip.png',
    media: 'photo-1',
    thumb: null,
    sizeBytes: 412_300,
    width: 640,
    height: 420,
  }
  const bill = {
    kind: 'file' as const,
    name: 'receipt-2026-04417-with-a-rather-long-name.pdf',
    media: 'doc-1',
    thumb: null,
    sizeBytes: 84_200,
    width: null,
    height: null,
  }
  return [
    write('system', 'Conversation was opened by Ayu Wulandari', y),
    write(
      'bot',
      'Hi! I am the shop’s assistant. Tell me your order number and I will look it up.',
      y + minute,
    ),
    write('them', 'It is 88412', y + 2 * minute),
    write(
      'colleague',
      'Good morning Ayu, Budi here. I can see the order: **Merapi 2** tent, sent on the 12th. What happened to it?\n\n- Was the parcel open?\n- Is the *inner* tent fine?',
      y + 9 * minute,
      { delivery: { kind: 'read' } },
    ),
    write('them', 'the parcel was fine', y + 30 * minute),
    write(
      'them',
      'Only the zip. Here is the page I ordered from: https://shop.example.com/tents/merapi-2?colour=green, thanks!',
      y + 31 * minute,
    ),
    write('system', 'Budi Santoso assigned this to Ari Lestari', y + 40 * minute),
    write(
      'colleague',
      'She is travelling on Saturday, so please no standard shipping. Stock says two left in Bandung.',
      y + 41 * minute,
      { kind: 'note' },
    ),
    write(
      'me',
      'Hello Ayu, I am Ari and I will see this through. Could you send a photo of the zip?',
      t - 30 * minute,
      { delivery: { kind: 'delivered' } },
    ),
    write('them', 'Sure', t),
    write('them', '', t + minute, { attachments: [photo, bill] }),
    write(
      'them',
      'Hi! The tent arrived with a torn zip, see the photo. Can I swap it before Saturday? 🏕️',
      t + 146 * minute,
    ),
    write(
      'me',
      'Yes, we can. A courier brings the new one on Friday and takes the old one along.',
      nowAt - 3 * minute,
      { delivery: { kind: 'sent' } },
    ),
    write('me', 'You do not need to pack it.', nowAt - 2 * minute, {
      delivery: { kind: 'sending' },
      outboxId: 'o1',
    }),
  ]
}

function longAgo(write: Write, nowAt: number): MessageRow[] {
  return Array.from({ length: 60 }, (_, index) =>
    write(index % 3 === 0 ? 'me' : 'them', `Earlier message ${60 - index}`, nowAt - (70 - index) * day),
  )
}

const waiting = { kind: 'queued', notBefore: null, why: null, waitsFor: null, canEdit: true } as const

function unsure(of: ConversationRow, write: Write, nowAt: number): MessageRow[] {
  return [
    write('them', 'Any news about my parcel?', nowAt - 50 * minute),
    write('me', 'I will check with the warehouse and tell you tomorrow.', nowAt - 3 * minute, {
      delivery: { kind: 'unsure', asks: true, finding: 'unknowable', holdsBack: 1, canEdit: true },
      outboxId: 'o2',
    }),
    write('me', 'And I have put a note on your order.', nowAt - 2 * minute, {
      delivery: { ...waiting, waitsFor: `${of.id}/${nowAt - 3 * minute}` },
      outboxId: 'o3',
    }),
  ]
}

/** What a message can be besides words: an answer, a note that calls somebody, a question of stars, a stuck file. */
function everyKind(of: ConversationRow, write: Write, nowAt: number): MessageRow[] {
  const asked = `${of.id}/${nowAt - 90 * minute}`
  const file = {
    kind: 'file' as const,
    name: 'warranty-card.pdf',
    media: null,
    thumb: null,
    sizeBytes: 1_240_000,
    width: null,
    height: null,
  }
  return [
    write(
      'them',
      'Can I still return the blue tent? I bought it in March and used it once.',
      nowAt - 90 * minute,
    ),
    write('me', 'Yes, within ninety days.', nowAt - 80 * minute, {
      replyTo: asked,
      delivery: { kind: 'read' },
    }),
    write(
      'colleague',
      'Called twice today. @Ari Lestari please tell @Returns, VIP since 2019.',
      nowAt - 60 * minute,
      {
        kind: 'note',
      },
    ),
    write('bot', 'How did we do?', nowAt - 50 * minute, {
      author: null,
      rating: { stars: null, words: null },
    }),
    write('bot', 'How did we do last time?', nowAt - 45 * minute, {
      rating: { stars: 4, words: 'Quick and friendly, thank you.' },
    }),
    write('me', 'Here is the card again.', nowAt - 20 * minute, {
      replyTo: asked,
      delivery: { kind: 'failed', reason: 'the number is not reachable' },
    }),
    write('me', 'And the warranty.', nowAt - 2 * minute, {
      attachments: [file],
      delivery: waiting,
      outboxId: 'o6',
    }),
  ]
}

function refused(of: ConversationRow, write: Write, nowAt: number): CannedThread {
  const failure = { code: 'forbidden' as const, facts: { host: 'acme.example.com' }, retryAt: null }
  return {
    messages: [
      write('them', 'Where is my refund?', nowAt - 60 * minute),
      write('me', 'Your refund is approved and on its way', nowAt - 18 * minute, {
        delivery: { kind: 'refused', failure, holdsBack: 0, canEdit: true },
        outboxId: 'o4',
      }),
      write('me', 'It takes two or three days.', nowAt - 17 * minute, {
        delivery: { kind: 'failed', reason: 'the number is not on SMS' },
      }),
    ],
    older: [],
    stranded: [{ outboxId: 'o5', conversationId: of.id, action: 'resolve', failure }],
  }
}

const mailHtml = `
<style>p { color: red }</style><div style="font-family: Arial"><h1>Wrong address on invoices</h1>
<p>Dear team,</p><p>please see <a href="https://portal.example.com/invoices/1180">the invoice</a> and
<a href="https://evil.example.net/login">https://portal.example.com/login</a>.</p>
<table border="1"><tr><th>Invoice</th><th>Amount</th></tr><tr><td>2026-1180</td><td>&euro; 412.00</td></tr><tr><td>2026-1179</td><td>&euro; 96.50</td></tr></table>
<ul><li>The street is <b>Hauptstra&szlig;e 12</b></li><li>not <s>21</s></li></ul>
<img src="https://tracker.example.net/p.gif" width="1" height="1"><img src="https://cdn.example.net/logo.png" alt="Company logo" width="200">
<script>alert(1)</script><img src=x onerror="alert(2)">
<p>Kind regards,<br>Konstantinos</p>
<div class="gmail_quote"><div>On Mon, 3 Mar 2026, Acme Outdoor wrote:</div><blockquote>Please find the invoice attached.</blockquote></div></div>`

function mails(write: Write, nowAt: number): MessageRow[] {
  return [
    write('them', 'see html', nowAt - 7 * 60 * minute, {
      mail: {
        from: ['konstantinos@example.com'],
        to: ['support@example.com'],
        cc: ['accounting@example.com', 'ari@example.com'],
        bcc: [],
      },
      html: mailHtml,
      subject: 'Wrong address on invoices',
    }),
    write(
      'me',
      'Dear Konstantinos,\n\nthank you, I am correcting all four today.\n\nBest\nAri',
      nowAt - 6 * 60 * minute,
      {
        delivery: { kind: 'sent' },
        subject: 'Re: Wrong address on invoices',
        mail: {
          from: ['support@example.com'],
          to: ['konstantinos@example.com'],
          cc: ['accounting@example.com'],
          bcc: [],
        },
      },
    ),
    write(
      'them',
      'Thank you! One more thing:\ncould you send them to accounting as well?\n\nOn Mon, 3 Mar 2026 at 10:12, Acme Outdoor <support@example.com> wrote:\n> Dear Konstantinos,\n> thank you, I am correcting all four today.\n> Best\n> Ari',
      nowAt - 41 * minute,
    ),
  ]
}
