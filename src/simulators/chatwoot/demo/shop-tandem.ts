import { bicycle } from '../../media/pictures.ts'
import { them, type LinePlan } from '../plan.ts'
import { transcript } from './transcript.ts'

/** One long story: an inherited tandem comes back to life in two weeks. */
export function tandemThread(): LinePlan[] {
  return [
    ...transcript(untilPicture),
    them('6d 3h', 'This is the colour!', { files: [bicycle('the-colour.png', 0.42)] }),
    ...transcript(afterPicture),
  ]
}

const untilPicture = `
== 14d
> Hello! I inherited a tandem from my grandparents.
> It has stood in a barn for about thirty years 🙈
> Is that something you would take on?
< Hello Marlon! That is exactly the kind of thing we like.
< Do you know the maker, or is there a badge on the front?
> There is a badge but mostly rust
> I can make out a bird?
< A bird narrows it down to only fifty makers 😄 Can you measure the wheels?
> 26 and something. 650B says the tyre.
< Good, those tyres are made again. Does the crank turn?
> The front one yes. The back one no.
> Pippa says the back one turns if you are angry enough
< Please stay calm with it, I would like to save the bearing.
> Ha, I will tell her
< Could you bring it on Thursday?
> Only if it fits into my sister’s van
< 2 m 40 is what you need.
> 2 m 43! It fits. Thursday after five?
< After five is perfect.
#tobias I have the long stand free from Thursday on. Please tell him it may take two weeks.
== 12d
<tobias Hello Marlon, Tobias from the workshop. It is on the stand!
> And?? How is the patient?
<tobias Better than it looks. The frame is straight, no cracks, lovely lugs.
<tobias Bottom brackets: front fine, rear dry as a biscuit.
> Is that expensive?
<tobias A new bearing, not a new frame. So no.
> PHEW
> Pippa is dancing in the kitchen
<tobias Wheels: rims are gone, hubs are good. I would build new wheels on the old hubs.
> We would like to keep as much as possible
<tobias That is why I ask. Spokes are new anyway.
> Then yes please
<tobias Brakes: you have a drum at the back. It is the only thing that stops two people downhill.
> Can it be saved?
<tobias New cable, new shoes. I know a man with shoes.
> Everyone should know a man with shoes
<tobias 😄
#maya Estimate is in the folder: 940 without paint, 1,310 with.
<tobias Robin will write you the sums.
< Here we go: 940 without paint, 1,310 with new paint.
> Hm. Let us sleep over the paint.
< Of course. We start with what is needed either way?
> Yes! Please start.
== 10d
> We slept
> We want the paint
< I am glad! Which colour?
> That is the problem
> I want green. Pippa wants what it was.
< What was it?
> Nobody knows
< Tobias may find some under the badge. One moment.
<tobias Under the badge it is green.
> NO WAY
<tobias A pale one, like old kitchen tiles.
> Pippa says she always said green
> She did not
< I will leave that to the two of you 😇
> Wise
< We will make three samples and send pictures.
> Take your time
== 9d
<tobias Small surprise: inside the seat tube was a rolled-up note.
> WHAT
<tobias “To whoever mends this next: the left crank is stubborn, be kind to it. 1961.”
> I am crying at work
> That is my grandfather’s sense of humour
<tobias I will put it back where it was, with your permission. In a dry sleeve.
> Yes. Please. And may we add one?
<tobias I hoped you would ask.
> We need to think about what to write
<tobias You have until the bottom bracket goes in. Friday.
> No pressure then
#tobias Do not close the seat tube before their note is here!
== 8d
> Our note: “We were kind to it. It was still stubborn.”
<tobias Perfect. It is in.
> Thank you for doing this
<tobias Thank you for bringing it.
> How are the wheels?
<tobias Rear is laced. 48 spokes, I counted twice because I always lose one.
> Front?
<tobias Tomorrow.
> Is there a chance for the weekend of the 20th? It is their wedding anniversary.
<tobias Tight, but I like tight.
< I have moved two easy services so that the long stand stays yours.
> You are the best
== 7d
< Colour samples are dry. Numbers 1 to 3, daylight by the window.
> Can we come and look instead?
< Even better. We are here until six.
> We will be there at quarter to
< Kettle is on.
> Number 2. Unanimous. Historic.
< Number 2 it is.
> For the record Pippa said number 2 first
< Noted for the record.
#maya They were here. Very sweet. Number 2, no decals, gold lining on the lugs.
> Does gold lining cost extra?
< Forty. Our painter does it by hand and refuses to hurry.
> Worth it
`

const afterPicture = `
== 6d
< It suits it. Primer today, colour tomorrow, lining on Friday.
> We drove past and looked through the window
> is that allowed
< Encouraged.
> The frame looked so naked
<tobias It has never been so naked in sixty years.
> 😂
== 4d
<tobias Colour is on. It glows.
> PICTURE
<tobias After the lining. I want to see your faces.
> Torture
<tobias Meanwhile: saddles. The old leather one at the back can be saved, the front one cannot.
> Front was eaten by a mouse. We know. There was a nest.
<tobias I found the nest. Very tidy.
> Any saddle you like, brown please
<tobias Brown leather, same maker as the old one. 85.
> Yes
< Added: 85 for the saddle. We are at 1,435 with the lining.
> Fine with us! Thank you for always saying it before.
== 2d
<tobias Lining is done. Tomorrow I put it together.
> How long does that take?
<tobias A day, and another half for the left crank.
> THE NOTE WAS RIGHT
<tobias The note was right.
> Is it okay if we bring cake on pick-up day?
< It is mandatory.
> Poppy seed or apple?
<tobias Apple.
< Poppy seed.
> Both then
#tobias Left crank: 1.5 hours. Do not put it on the bill, it is a matter of honour.
== 1d
<tobias It rides. Maya and I took it round the block. She did not pedal.
> Who ever pedals at the back
<tobias That is what she said.
< Ready from tomorrow noon. Please bring both of you for the fitting.
> We will be there. I did not sleep last time either
< Sleep well tonight, both of you. It is in good hands.
== 25m
> Good morning! Today is the day 🎉
> Is noon still good?
> And do you have somewhere to put two cakes?
`
