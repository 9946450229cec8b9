import { them, us, type ServerPlan } from './settling.ts'

/** Small enough to know by heart: README.md names who and what is in it. */
export const smallPlan: ServerPlan = {
  organizations: [
    {
      name: 'Paper Lantern Tours',
      people: [
        { name: 'Sanja Obuya' },
        { name: 'Teo Varga', accessLevel: 'Owner' },
        { name: 'Miro Castell', accessLevel: 'Member' },
      ],
      tags: ['booking', 'refund'],
      lists: ['Spring', 'Autumn'],
      threads: [
        {
          name: 'Amara Nwosu',
          phone: '15550100101',
          lines: [
            them(60, 'Hello! Is the night market tour still on for Saturday?'),
            us(55, 'It is, Amara. We start at seven by the old gate.'),
            them(12, 'Lovely. Could we be five instead of four?'),
            them(11, 'My sister just landed 😊'),
          ],
          tags: ['booking'],
          attributes: { city: 'Lagos' },
        },
        {
          name: '佐々木 凛',
          phone: '15550100102',
          lines: [
            them(300, '領収書を送っていただけますか？'),
            us(290, 'もちろんです。今日中にお送りします。'),
          ],
          assigned: ['Teo'],
          tags: ['booking', 'refund'],
        },
        { name: '', phone: '15550100103', lines: [them(95, 'Do you have a wheelchair ramp on the boat?')] },
        { name: '', phone: '15550100104', lines: [], startedMinutesAgo: 240 },
        {
          name: 'Ilse Marrow',
          phone: '15550100105',
          lines: [
            them(4000, 'The bus left without us.'),
            us(3900, 'I am so sorry. I have sent the money back.'),
            them(3890, 'Thank you.'),
          ],
          status: 'Closed',
          isInLists: true,
        },
        {
          name: 'Yosef Adar',
          phone: '15550100106',
          lines: [them(1500, 'תודה רבה, היה נהדר!'), us(1490, 'תודה, Yosef! See you next year.')],
          status: 'Resolved',
        },
      ],
    },
    {
      name: 'Quiet Harbor Clinic',
      people: [{ name: 'Nadja Roth' }],
      tags: [],
      lists: ['Newsletter'],
      threads: [
        {
          name: 'Piet Holm',
          phone: '15550100180',
          lines: [them(20, 'Is my test result there?'), them(19, 'It has been a week.')],
        },
      ],
    },
  ],
}
