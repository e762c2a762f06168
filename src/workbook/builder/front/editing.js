/* What a person has in hand: the box in which something is typed that has not been sent, and what the
   pointer holds down. Until it is let go, nothing is built again around it: no letter, no composition
   of a Chinese word and no press is lost to an answer of the kernel. */

export class Editing {
  /** @param {HTMLElement} root @param {() => void} free what is to be done when it is let go */
  constructor(root, free) {
    /** @type {Element | null} */
    this.box = null;
    /** @type {Element | null} */
    this.pressed = null;
    const begin = (/** @type {Event} */ event) => {
      const { target } = event;
      if (target instanceof Element && target.matches("textarea, input:not([type=range]):not([type=checkbox]):not([type=radio])")) this.box = target;
    };
    const end = () => {
      if (this.box) setTimeout(free);
      this.box = null;
    };
    const press = (/** @type {Event} */ event) => {
      this.pressed = event.target instanceof Element ? event.target : null;
    };
    const release = () => this.pressed && setTimeout(() => { // after the click
      this.pressed = null;
      free();
    });
    root.addEventListener("input", begin, true);
    root.addEventListener("compositionstart", begin, true);
    root.addEventListener("change", end, true);
    root.addEventListener("focusout", end, true);
    root.addEventListener("pointerdown", press, true);
    for (const kind of ["pointerup", "pointercancel"]) window.addEventListener(kind, release, true);
    this.off = () => ["pointerup", "pointercancel"].forEach((kind) => window.removeEventListener(kind, release, true));
  }

  /** Whether something in a part of the page is in hand.
      @param {Element} part */
  within(part) {
    return [this.box, this.pressed].some((one) => part.contains(one));
  }
}
