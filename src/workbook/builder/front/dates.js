/* Weeks as dates, where the plan says on which day it begins. */

/** The first day of a week, as the reader of a language writes it; "" without a first day.
    @param {string | null | undefined} starts @param {number} week @param {string} lang */
export function dayOf(starts, week, lang) {
  const first = starts ? Date.parse(`${starts}T00:00:00Z`) : NaN;
  if (Number.isNaN(first) || !Number.isFinite(week)) return "";
  const day = new Date(first + (Math.max(1, Math.round(week)) - 1) * 7 * 86_400_000);
  if (Number.isNaN(day.getTime())) return "";
  return new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeZone: "UTC" }).format(day);
}
