/** The text of a file in crash-reports/. */
final class CrashReport {
  private CrashReport() {}

  static String of(Throwable thrown) {
    StringBuilder trace = new StringBuilder(thrown.toString());
    for (StackTraceElement element : thrown.getStackTrace()) trace.append("\n\tat ").append(element);
    return "---- Minecraft Crash Report ----\n// Who set us up the TNT?\n\nTime: " + LocalTime.stamp("-", " ", ":")
        + "\nDescription: Exception in server tick loop\n\n" + trace
        + "\n\n\nA detailed walkthrough of the error, its code path and all known details is as follows:\n"
        + "---------------------------------------------------------------------------------------\n\n"
        + "-- System Details --\nDetails:\n\tMinecraft Version: " + Server.VERSION + "\n\tMinecraft Version ID: "
        + Server.VERSION + "\n\tOperating System: Linux (amd64)\n\tIs Modded: Probably not.\n\tType: Dedicated Server\n";
  }
}
