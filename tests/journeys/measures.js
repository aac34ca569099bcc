/* What a page is asked as it stands: each answers with what is wrong, nothing when all is well. */
const clipped = (one) => {
  for (let at = one; at; at = at.parentElement) {
    if (getComputedStyle(at).clipPath !== "none") return true;
  }
  return false;
};
const shown = (one) => one.checkVisibility({ visibilityProperty: true })
  && !one.closest(".unseen, .sprite, .skip, .first") && !clipped(one);
const name = (one) => one.outerHTML.slice(0, 160);
const all = (selector) => [...document.querySelectorAll(selector)];

/* What hides what does not fit, and holds words that do not fit */
const cut = () => all("header *, main *, footer *")
  .filter((one) => shown(one) && one.textContent.trim())
  .filter((one) => {
    const style = getComputedStyle(one);
    const hides = (way) => way === "hidden" || way === "clip";
    return (hides(style.overflowY) && one.scrollHeight > one.clientHeight + 1)
      || (hides(style.overflowX) && one.scrollWidth > one.clientWidth + 1);
  }).map(name);

const tight = () => all("main :is(p, td, th, h1, h2, h3, button, label, a, dd)")
  .filter((one) => shown(one) && !one.closest(".figure, .ticket-number, .number-xl"))
  .filter((one) => parseFloat(getComputedStyle(one).lineHeight)
    < 1.4 * parseFloat(getComputedStyle(one).fontSize) - 0.01).map(name);

/* A link in a sentence is as high as its line; one that stands alone is a target like a button */
const alone = (one) => !one.matches("a") || getComputedStyle(one).display !== "inline";
const targets = () => all("button, select, input, textarea, summary, a[href]")
  .filter((one) => shown(one) && !one.matches("[type=hidden], [tabindex='-1']") && alone(one));
const held = (one) => one.closest("label") || one;
const small = (least) => targets().map((one) => [one, held(one).getBoundingClientRect()])
  .filter(([, box]) => box.height + 0.5 < least || box.width + 0.5 < least)
  .map(([one, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${name(one)}`);

const bar = (one) => {
  for (let at = one; at; at = at.parentElement) {
    if (getComputedStyle(at).position === "sticky") return at;
  }
  return null;
};
const overlapping = () => {
  const boxes = [...new Set(targets().map(held))]
    .map((one) => ({ one, bar: bar(one), box: one.getBoundingClientRect() }));
  const both = (a, b) => {
    if (a.bar !== b.bar || a.one.contains(b.one) || b.one.contains(a.one)) return false;
    const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
    const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
    return across > 1 && down > 1;
  };
  return boxes.flatMap((a, place) => boxes.slice(place + 1).filter((b) => both(a, b))
    .map((b) => `${name(a.one)} <> ${name(b.one)}`));
};

const wordless = () => all(".tag, .clock, .step").filter(shown)
  .filter((one) => !one.innerText.trim() || !one.querySelector("svg")).map(name);
const filled = () => all("main :is(button, a).primary").filter((one) => one.checkVisibility())
  .length;

/* Tab goes by the order of the document: a sheet that moves boxes would make it jump */
const moved = () => all("body *").filter((one) => {
  const style = getComputedStyle(one);
  return style.order !== "0" || style.flexDirection.endsWith("reverse") || one.tabIndex > 0;
}).map(name);

/* WCAG 1.4.12: wider lines, letters and words, as a reader may set them */
const wider = () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
};
const asSet = () => { document.adoptedStyleSheets = []; };

const moving = () => {
  const styles = all("*").flatMap((one) => [null, "::before", "::after"]
    .map((part) => getComputedStyle(one, part)));
  const lasts = (style) => `${style.transitionDuration}, ${style.animationDuration}`
    .split(",").some((words) => parseFloat(words) > 0);
  return styles.filter(lasts).length + document.getAnimations().length;
};

const bare = (colour) => colour === "rgba(0, 0, 0, 0)" || colour === "transparent";
const ground = (one) => {
  for (let at = one; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if (!bare(colour)) return colour;
  }
  return "rgb(255, 255, 255)";
};
const faded = () => {
  const words = all(".tag, .clock, .step p").filter(shown)
    .filter((one) => getComputedStyle(one).color === ground(one));
  const typed = "input:not([type=hidden], [type=radio], [type=checkbox])";
  const controls = all(`button, .button, select, textarea, ${typed}`).filter(shown)
    .filter((one) => {
      const style = getComputedStyle(one);
      return parseFloat(style.borderTopWidth) < 1 || style.borderTopStyle === "none"
        || bare(style.borderTopColor) || style.borderTopColor === ground(one.parentElement);
    });
  return [...words, ...controls].map(name);
};

/* Every stop of Tab, looked at when the next key goes down: by then it has come into view */
const ringless = (one) => {
  const style = getComputedStyle(one);
  return style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 3
    || bare(style.outlineColor);
};
const covered = (one) => {
  const box = [...one.getClientRects()].find((part) => part.width && part.height);
  if (!box) return true;
  const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, innerHeight / 2)];
  const there = document.elementFromPoint(x, y);
  return !there || !(one.contains(there) || there.contains(one));
};
const cutRing = (one) => {
  const box = one.getBoundingClientRect();
  return box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth;
};
const stopAt = (one) => {
  const wrong = [];
  if (ringless(one)) wrong.push("no ring");
  if (cutRing(one)) wrong.push("out of view");
  else if (covered(one)) wrong.push("covered");
  return wrong.map((words) => `${words}: ${name(one)}`);
};
const begin = (backward) => {
  window.stops = [];
  window.wrongStops = [];
  window.backward = backward;
  document.addEventListener("keydown", () => look(), true);
  tabbable().at(backward ? -1 : 0).focus({ focusVisible: true });
};
const look = () => {
  const one = document.activeElement;
  if (!one || one === document.body) return;
  window.stops.push(one);
  window.wrongStops.push(...stopAt(one));
};
const tabbable = () => {
  const groups = new Set();
  return all("a[href], button, input, select, textarea, summary, [tabindex='0']")
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled
      && one.type !== "hidden" && one.tabIndex >= 0)
    .filter((one) => {
      if (one.type !== "radio") return true;
      const group = `${one.form && one.form.action} ${one.name}`;
      return !groups.has(group) && groups.add(group);
    });
};
const walked = () => {
  const { stops, wrongStops } = window;
  const same = (one, other) => one === other
    || (one.type === "radio" && other.type === "radio" && one.name === other.name);
  const missed = tabbable().filter((one) => !stops.some((stop) => same(stop, one)))
    .map((one) => `never reached: ${name(one)}`);
  const backward = window.backward ? -1 : 1;
  const back = stops.filter((one, place) => place && backward
    * (stops[place - 1].compareDocumentPosition(one) & 4 ? 1 : -1) < 0)
    .map((one) => `out of order: ${name(one)}`);
  return [...wrongStops, ...missed, ...back];
};
