/** Whether the day is in the calendar with which an ISO 8601 text begins: Date would take the 30th of February for one of March. */
export function hasCalendarDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}
