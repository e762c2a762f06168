/* Weeks that pass by themselves: the week counts up, and what happened appears in its week. */

const WEEK_TAKES = 70;
const LEAST_PASSING = 250;
const MOST_PASSING = 1600;

/** How long so many weeks take to pass, in milliseconds.
    @param {number} weeks */
export function duration(weeks) {
  return weeks <= 0 ? 0 : Math.min(MOST_PASSING, Math.max(LEAST_PASSING, weeks * WEEK_TAKES));
}

/** The week that is shown after so many milliseconds.
    @param {number} from @param {number} to @param {number} passed */
export function weekAt(from, to, passed) {
  const whole = duration(to - from);
  return whole === 0 || passed >= whole ? to : from + Math.floor(((to - from) * passed) / whole);
}

/** Whether the reader wants things to stand still. */
function reducedMotion() {
  return window.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? true;
}

/** Show the weeks one after another, then call `done`; the function that ends it at once.
    @param {number} from @param {number} to @param {(week: number) => void} show @param {() => void} done */
export function pass(from, to, show, done) {
  if (from >= to || reducedMotion() || document.hidden) {
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
