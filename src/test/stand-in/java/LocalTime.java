import java.util.TimeZone;

/** Wall-clock stamps without java.time's formatters, which would double the time to start. */
final class LocalTime {
  private static long second = -1;
  private static String timeOfDay = "";

  private LocalTime() {}

  /** `HH:MM:SS`, in the zone of the process as log4j prints it. */
  static synchronized String timeOfDay() {
    long now = System.currentTimeMillis();
    if (now / 1000 == second) return timeOfDay;
    second = now / 1000;
    long s = Math.floorMod(Math.floorDiv(now + TimeZone.getDefault().getOffset(now), 1000L), 86400L);
    timeOfDay = two(s / 3600) + ":" + two(s / 60 % 60) + ":" + two(s % 60);
    return timeOfDay;
  }

  /** For example `2026-11-22_13.04.05` with the separators `-`, `_` and `.`. */
  static String stamp(String inDate, String between, String inTime) {
    long now = System.currentTimeMillis();
    long days = Math.floorDiv(now + TimeZone.getDefault().getOffset(now), 86400000L);
    java.time.LocalDate date = java.time.LocalDate.ofEpochDay(days);
    return date.getYear() + inDate + two(date.getMonthValue()) + inDate + two(date.getDayOfMonth()) + between
        + timeOfDay().replace(":", inTime);
  }

  private static String two(long number) {
    return number < 10 ? "0" + number : "" + number;
  }
}
