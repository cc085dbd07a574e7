/** Nothing of this may ever be reached, or run. */
const elsewhere = "//elsewhere.invalid";

/** Two of five in the normal run, every kind among them; all in the long one. */
export const isLong = process.env.MCSD_LONG === "1";

/**
 * What people write who want their text to become more than text: at most 60 characters each, so that it fits wherever names fit.
 * Each calls `alert`, asks another host for something, or shows 49 where `7*7` is taken for code.
 */
export const payloads: readonly string[] = (
  [
    "<script>alert(1)</script>",
    "\"><script>alert('2')</script>",
    "'><img src=x onerror=alert(3)>",
    "<img src=x onerror=alert(4)>",
    "<svg onload=alert(5)>",
    "<svg/onload=alert`6`>",
    "<body onload=alert(7)>",
    "<iframe src=javascript:alert(8)></iframe>",
    '<iframe srcdoc="<script>alert(9)</script>">',
    '<a href="javascript:alert(10)">ten</a>',
    "javascript:alert(11)",
    "JaVaScRiPt://%0aalert(12)",
    "data:text/html,<script>alert(13)</script>",
    "<details open ontoggle=alert(14)>",
    "<input autofocus onfocus=alert(15)>",
    "<video><source onerror=alert(16)></video>",
    "<math><style><img src onerror=alert(17)></style>",
    "{{7*7}}{{constructor.constructor('alert(18)')()}}",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a template, and must stay one
    "${7*7}${alert(19)}",
    "<%= 7*7 %>#{7*7}{alert(20)}",
    "{name, plural, other {<b>alert(21)</b>}}",
    "</script><script>alert(22)</script>",
    "</title><script>alert(23)</script>",
    "</textarea><script>alert(24)</script>",
    "--><script>alert(25)</script><!--",
    "]]><script>alert(26)</script>",
    "<scr<script>ipt>alert(27)</scr</script>ipt>",
    "\\u003cimg src=x onerror=alert(28)\\u003e",
    "&lt;img src=x onerror=alert(29)&gt;",
    "%3Cscript%3Ealert(30)%3C/script%3E",
    "\uff1cscript\uff1ealert(31)\uff1c/script\uff1e",
    `<img src=${elsewhere}/32.png>`,
    `<link rel=stylesheet href=${elsewhere}/33.css>`,
    `<style>@import'${elsewhere}/34';</style>`,
    'x" onmouseover=alert(35) onfocus=alert(35) y="',
    "' autofocus onfocus=alert(36) onmouseover='alert(36)",
    "\u202e<script>alert(37)</script>\u202c",
    `<meta http-equiv=refresh content=0;url=${elsewhere}>`,
    `<base href=${elsewhere}/39/>`,
    "\u00a7k<script>alert(40)</script>\u00a7r",
    '{"$$typeof":"$Sreact.element","type":"script"}',
    "$L1$@2:alert(42)",
    `<form action=${elsewhere}><button autofocus>43`,
    `<object data=${elsewhere}/44></object><embed src=x>`,
  ] as const
).filter((_, index) => isLong || index % 5 === 1 || index % 5 === 3);

/** Where a sign-in must not lead. */
export const foreignAddresses: readonly string[] = (
  [
    "javascript:alert(1)",
    "JAVASCRIPT://x/%0aalert(2)",
    " javascript:alert(3)",
    "data:text/html,<script>alert(4)</script>",
    "https:elsewhere.invalid",
    `${elsewhere}/5`,
    "/\\elsewhere.invalid/6",
    "/\t/elsewhere.invalid/7",
    "/.//elsewhere.invalid/8",
    "\\\\elsewhere.invalid\\9",
    "https://elsewhere.invalid/10",
    "/servers/..//elsewhere.invalid/11",
    "/%5celsewhere.invalid/12",
    "/servers?next=<script>alert(13)</script>#<img src=x onerror=alert(13)>",
  ] as const
).filter((_, index) => isLong || index % 2 === 1);
