import { them, us, type ServerPlan } from './settling.ts'

/** What a newcomer sees first: a small travel company on a busy afternoon, and a clinic that shares its server. */
export const demoPlan: ServerPlan = {
  organizations: [
    {
      name: 'Paper Lantern Tours',
      people: [
        { name: 'Robin Sandoval' },
        { name: 'Teo Varga', accessLevel: 'Owner' },
        { name: 'Miro Castell', accessLevel: 'Member' },
      ],
      tags: ['booking', 'refund', 'group', 'lost & found'],
      lists: ['Spring letters', 'Guides'],
      threads: [
        {
          name: 'Amara Nwosu',
          phone: '15550100201',
          lines: [
            them(190, 'Hello! Is the night market tour still on for Saturday?'),
            us(180, 'It is, Amara. We start at seven by the old gate, whatever the weather.'),
            them(9, 'Lovely. Could we be five instead of four?'),
            them(8, 'My sister just landed 😊'),
          ],
          tags: ['booking'],
          attributes: { city: 'Lagos', language: 'English' },
          then: ['Wonderful, thank you! Do we pay there?', 'Perfect. See you on Saturday 🏮'],
          meanwhile: ['She eats no peanuts, by the way. Is that a problem at the market?'],
        },
        {
          name: '佐々木 凛',
          phone: '15550100202',
          lines: [
            them(140, 'こんにちは。来月の茶畑ツアーについて質問があります。'),
            us(132, 'こんにちは、佐々木様。何でもお尋ねください。'),
            them(31, '六歳の子どもも一緒に参加できますか？歩く距離はどのくらいでしょうか。'),
          ],
          tags: ['booking'],
          then: ['ありがとうございます。それなら安心です。三名で予約をお願いします。'],
        },
        {
          name: '',
          phone: '15550100203',
          lines: [them(4, 'hi is this the boat people')],
          then: ['ok great. do you have a ramp? my dad uses a wheelchair', 'amazing thank you!!'],
          meanwhile: ['sorry, autocorrect. the boat TOUR people 😅'],
        },
        {
          name: 'Ilse Marrow',
          phone: '15550100204',
          lines: [
            them(
              75,
              'The bus left without us this morning. We stood at the stop from 8:40, the driver looked straight at us and drove on.',
            ),
            them(
              74,
              'We took a taxi to the monastery instead, which was 46. I kept the receipt. To be honest we had looked forward to this day for a year, and my mother was in tears at the roadside. I would like to know what happened, and I would like the money for the taxi and for the bus back. If that is not something you can decide, please give me the name of somebody who can.',
            ),
          ],
          tags: ['refund'],
          then: ['That is kind, and quicker than I expected. Here is hoping Thursday goes better.'],
          meanwhile: ['Hello? Is anybody reading this?'],
        },
        {
          name: 'Yosef Adar',
          phone: '15550100205',
          lines: [
            us(400, 'Hi Yosef, your guide on Sunday is Miro. He will hold a red lantern.'),
            them(52, 'תודה! אפשר להגיע עם כלב קטן?'),
          ],
          then: ['מצוין, תודה רבה 🐕'],
        },
        {
          name: 'Zeynep Kaplan-Aydın',
          phone: '15550100206',
          lines: [
            them(1500, 'Merhaba, on iki kişilik bir grup için fiyat alabilir miyim?'),
            us(1480, 'Merhaba Zeynep! On kişiden sonra yüzde on beş indirim var. Hangi gün?'),
            them(22, 'Ayın 9’u. Öğle yemeği dahil mi?'),
          ],
          tags: ['group'],
          assigned: ['Teo', 'Robin'],
          then: ['Harika, kesinleştirelim o zaman.'],
        },
        { name: '', phone: '15550100207', lines: [], startedMinutesAgo: 15 },
        {
          name: 'Dr. Hanna Weiss',
          phone: '15550100208',
          lines: [
            them(260, 'Did anybody find a grey scarf on the evening cruise?'),
            us(250, 'We did! It waits for you at the counter, with your name on it.'),
            them(246, 'You are a treasure. I will come by tomorrow.'),
            us(245, 'We are open from nine. ☺️'),
          ],
          tags: ['lost & found'],
        },
        {
          name: 'Kwame Asante',
          phone: '15550100209',
          lines: [
            us(3000, 'Spring is here, and so are the cherry boats. Answer BOAT to hear more.'),
            them(2950, 'BOAT'),
            us(2940, 'Lovely! They leave every hour from the stone bridge, 18 a person.'),
          ],
          isCampaign: true,
          isInLists: true,
        },
        {
          name: 'ليلى حداد',
          phone: '15550100210',
          lines: [
            them(700, 'مساء الخير، هل يمكن تغيير موعد الجولة إلى يوم الجمعة؟'),
            us(690, 'مساء النور! نعم، لقد غيّرناه لك. تبدأ الجولة في العاشرة.'),
            them(688, 'شكراً جزيلاً 🌷'),
          ],
          assigned: ['Teo'],
        },
        {
          name: 'Анастасия Белова',
          phone: '15550100211',
          lines: [
            them(2100, 'Добрый день! Экскурсия бывает на русском?'),
            us(2080, 'Добрый день! По средам, с Миро.'),
            them(2075, 'Отлично, нас двое.'),
            us(2070, 'Записали. До среды!'),
          ],
        },
        {
          name: 'Piotr Zieliński',
          phone: '15550100212',
          lines: [
            them(4400, 'Where is the meeting point for the hike?'),
            us(4390, 'By the blue kiosk, next to the cable car.'),
            them(4385, 'Found it, thanks'),
          ],
          status: 'Closed',
        },
        {
          name: 'Moana Tuilagi',
          phone: '15550100213',
          lines: [
            them(6200, 'That was the best day of our trip. Tell Miro he is a star! ⭐'),
            us(6190, 'He is blushing. Come back soon, Moana.'),
          ],
          status: 'Resolved',
        },
        {
          name: 'Joaquín Ferrer',
          phone: '15550100214',
          lines: [
            them(1300, '¿Se puede pagar en efectivo?'),
            us(1290, 'Sí, en el muelle, antes de subir.'),
            them(1288, 'Genial 👍'),
          ],
        },
      ],
      newcomers: [
        {
          phone: '15550100230',
          says: 'Good afternoon! Do you have two seats left on the sunset boat today?',
          then: ['Yes please, under the name Okello.', 'You are quick. Thank you!'],
        },
        {
          phone: '15550100231',
          says: 'Bonjour, la visite du marché existe-t-elle en français ?',
          then: ['Très bien, alors mardi. Merci beaucoup !'],
        },
        {
          phone: '15550100232',
          says: 'Our flight is late, we will not make the 5 pm tour 😭 what can we do?',
          then: ['Tomorrow works! You saved our holiday.'],
        },
      ],
    },
    {
      name: 'Quiet Harbor Clinic',
      people: [{ name: 'Nadja Roth' }],
      tags: [],
      lists: [],
      threads: [
        {
          name: 'Piet Holm',
          phone: '15550100280',
          lines: [them(35, 'Is my appointment on Monday or on Tuesday?')],
        },
      ],
    },
  ],
}
