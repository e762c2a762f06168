/* Weeks that pass by themselves: the week counts up, and what happened appears in its week. */

const PER_WEEK = 70;
const SHORTEST = 250;
const LONGEST = 1600;

/** How long so many weeks take to pass, in milliseconds.
    @param {number} weeks */
export function duration(weeks) {
  return weeks <= 0 ? 0 : Math.min(LONGEST, Math.max(SHORTEST, weeks * PER_WEEK));
}

/** The week that is shown after so many milliseconds.
    @param {number} from @param {number} to @param {number} passed */
export function weekAt(from, to, passed) {
  const whole = duration(to - from);
  return whole === 0 || passed >= whole ? to : from + Math.floor(((to - from) * passed) / whole);
}

/** Whether the reader wants things to stand still. */
function still() {
  return window.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? true;
}

/** Show the weeks one after another, then call `done`; the function that ends it at once.
    @param {number} from @param {number} to @param {(week: number) => void} show @param {() => void} done */
export function pass(from, to, show, done) {
  if (from >= to || still() || document.hidden) {
    show(to);
    done();
    return () => {};
  }
  let frame = 0;
  let start = -1;
  let over = false;
  const finish = () => {
    if (over) return;
    over = true;
    cancelAnimationFrame(frame);
    show(to);
    done();
  };
  /** @param {number} now */
  const tick = (now) => {
    if (start < 0) start = now;
    const week = weekAt(from, to, now - start);
    if (week >= to) return finish();
    show(week);
    frame = requestAnimationFrame(tick);
  };
  show(from);
  frame = requestAnimationFrame(tick);
  return finish;
}
