// The timer of a workshop: which block it is, how long it still lasts, what comes next.
// It reckons from the wall clock, so a tab that slept does not fall behind. Nothing is loaded.

/** @param {number} seconds */
export function clock(seconds) {
  const left = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}

/** One soft tone, made here; nothing is loaded. */
function ring() {
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = 660;
  volume.gain.setValueAtTime(0.2, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 1.2);
  tone.connect(volume).connect(audio.destination);
  tone.onended = () => audio.close();
  tone.start();
  tone.stop(audio.currentTime + 1.2);
}

/** @param {{ model: { get(name: string): any }, el: HTMLElement }} page */
function render({ model, el }) {
  const slots = model.get("slots");
  const say = model.get("say");
  const root = document.createElement("section");
  root.className = "wb-timer";
  root.setAttribute("aria-label", say.timer);
  root.setAttribute("data-lm-suppress-shortcuts", "true");
  /** @template {keyof HTMLElementTagNameMap} Kind
      @param {Kind} kind @param {string} name @param {HTMLElement} [parent] */
  const make = (kind, name, parent = root) => {
    const node = document.createElement(kind);
    node.className = name;
    parent.append(node);
    return node;
  };
  const title = make("p", "wb-timer-title");
  const digits = make("p", "wb-timer-digits");
  digits.setAttribute("role", "timer");
  const bar = make("progress", "wb-timer-bar");
  bar.setAttribute("aria-label", say.left);
  const next = make("p", "wb-timer-next");
  const row = make("div", "wb-timer-row");
  const live = make("p", "wb-timer-live");
  live.setAttribute("aria-live", "polite");

  let at = 0;          // which block
  let spent = 0;       // seconds of it that are over
  /** @type {number | null} */
  let since = null;    // when it was started, or null while it stands still
  let loud = false;
  let rung = -1;       // the block whose end was rung
  const seconds = () => spent + (since === null ? 0 : (Date.now() - since) / 1000);

  /** Write only what has changed: a timer that stands still leaves the page alone.
      @param {HTMLElement} node @param {string} text */
  const write = (node, text) => {
    if (node.textContent !== text) node.textContent = text;
  };
  function show() {
    const slot = slots[at];
    const left = slot.minutes * 60 - seconds();
    write(title, slot.title);
    write(digits, left >= 0 ? clock(left) : `+${clock(-left)}`);
    digits.classList.toggle("wb-over", left < 0);
    if (left < 0 && rung !== at) {
      rung = at;
      if (loud) ring();
    }
    bar.max = slot.minutes * 60;
    bar.value = Math.min(slot.minutes * 60, seconds());
    const after = slots[at + 1];
    write(next, after ? after.next : say.last);
    write(start, since === null ? say.start : say.pause);
    back.disabled = at === 0;
    forth.disabled = at === slots.length - 1;
  }
  /** @param {number} to */
  function go(to) {
    at = Math.min(slots.length - 1, Math.max(0, to));
    spent = 0;
    if (since !== null) since = Date.now();
    live.textContent = `${slots[at].title} · ${slots[at].minutes} ${say.min}`;
    show();
  }
  /** @param {string} text @param {() => void} press */
  function button(text, press) {
    const node = make("button", "wb-timer-button", row);
    node.type = "button";
    node.textContent = text;
    node.addEventListener("click", press);
    return node;
  }
  const back = button(say.back, () => go(at - 1));
  const start = button(say.start, () => {
    if (since === null) {
      since = Date.now();
    } else {
      spent = seconds();
      since = null;
    }
    show();
  });
  const forth = button(say.forth, () => go(at + 1));
  const sound = button(say.sound, () => {
    loud = !loud;
    sound.setAttribute("aria-pressed", String(loud));
    if (loud) ring();  // a browser allows it after a click only, and the room hears how loud it is
  });
  sound.setAttribute("aria-pressed", "false");
  button(say.screen, () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen?.();
  });
  for (const kind of ["keydown", "keyup"]) root.addEventListener(kind, (event) => event.stopPropagation());

  el.append(root);
  show();
  const ticking = setInterval(show, 250);
  return () => clearInterval(ticking);
}

export default { render };
