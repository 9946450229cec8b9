import type { NewcomerPlan } from '../plan.ts'

/** Strangers who turn up while somebody watches the demo, in this order. */
export const shopNewcomers: readonly NewcomerPlan[] = [
  {
    inbox: 'web',
    contact: { name: 'Sunniva Rask', email: 'sunniva@example.org', city: 'Nordvik' },
    says: 'Hello! Do you mend pushchair wheels too? It is round and it has spokes, so I thought of you.',
    then: ['It is a 16 inch one.', 'Brilliant, I’ll roll over after lunch. With child.'],
    meanwhile: ['The child is asleep, so now would be a good moment 😄'],
  },
  {
    inbox: 'whatsapp',
    contact: { name: 'Idris Kane', phone: '+447700900131' },
    says: 'My chain fell off and now it is on the wrong side of everything. Can you explain it in three sentences?',
    then: ['I read it aloud to the bike. It listened.', 'It is back on!! Hands are black. Worth it.'],
  },
  {
    inbox: 'instagram',
    contact: { name: 'the.slow.wheel' },
    says: 'do you build wheels with coloured spokes? i dream of one in orange among the silver ones',
    then: ['like a secret 🧡', 'ok i will come and choose'],
    meanwhile: ['(sorry i am shy, it is a serious question)'],
  },
  {
    inbox: 'mail',
    contact: { name: 'Gwendolyn Parry', email: 'gwendolyn@example.net' },
    says: 'Good day,\n\ndo you offer a course in mending a flat tyre? I am 71 and tired of waiting for my nephew.\n\nGwendolyn Parry',
    then: [
      'Saturday at eleven suits me. I shall bring my own tyre levers; I have always had them, only never knew why.',
    ],
  },
  {
    inbox: 'sms',
    contact: { name: 'Arlo Finch', phone: '+447700900132' },
    says: 'Is my saddle in yet? Standing since Tuesday',
    then: ['Finally sitting. Thank you'],
  },
]

export const hotelNewcomers: readonly NewcomerPlan[] = [
  {
    inbox: 'web',
    contact: { name: 'Paloma Reyes-Hart', email: 'paloma@example.com' },
    says: 'Hi! We are two grown-ups, two toddlers and one very old grandmother. Which rooms would you give us?',
    then: ['Next to each other sounds perfect.', 'Booked. Grandmother asks about the soup.'],
  },
  {
    inbox: 'whatsapp',
    contact: { name: 'Anselm Richter', phone: '+447700900231' },
    says: 'We stand in front of number 41 and there is a bakery. Where are you?',
    then: ['Ah, the OTHER harbour street.', 'We see the pelican on the sign! One minute.'],
    meanwhile: ['The bakery is very good, so take your time.'],
  },
  {
    inbox: 'instagram',
    contact: { name: 'linen.and.salt' },
    says: 'may i ask where your curtains are from? i have been thinking about them since july',
    then: ['handwoven!! of course they are', 'thank you, i can sleep again'],
  },
]
